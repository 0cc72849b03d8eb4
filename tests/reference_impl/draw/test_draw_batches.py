"""The order of a sampler as batches, and how often it draws each sample."""

import draw_markup as markup
import pytest

from reference_impl import draw


def test_a_dataset_stands_above_its_batches():
    """Every sample has a square in the dataset, and one wherever a batch holds it."""
    picture = draw.batches([[3, 1], [0]], 4)
    assert markup.texts(picture) == [
        *("dataset", "4", "0", "1", "3", "2"),  # 2 is in no batch, so it is written in grey
        *("batch 0", "3", "1", "2", "batch 1", "0", "1"),
    ]
    assert len(markup.squares(picture)) == 4 + 2 + 1
    assert picture.alt == (
        "A dataset of 4 samples: batch 0 holds 3 and 1; batch 1 holds 0. No batch holds 2."
    )


def test_a_sample_has_the_ground_of_its_batch_in_both_places():
    """The first batch is plain, the second hatched; both in the dataset too."""
    svg = draw.batches([[0], [1], [2]], 3).svg
    assert svg.count('fill="var(--hb-soft, #dfebf6)"') == 2
    assert svg.count('fill="var(--hb-soft-2, #f6e7cd)"') == 2


def test_of_a_large_dataset_the_ends_are_drawn():
    """As torch's own repr does."""
    picture = draw.batches([[0, 99]], 100, names="words")
    assert markup.texts(picture)[:8] == ["words", "100", "0", "99", "1", "2", "97", "98"]


@pytest.mark.parametrize(
    ("batches", "message"),
    [
        ([[0], [4]], "there is no sample 4 among 4"),
        ([[-1]], "there is no sample -1 among 4"),
        ([[0]] * 9, "up to 8 batches are drawn, not 9: draw the first few"),
    ],
)
def test_batches_that_cannot_be_drawn(batches, message):
    """The error says what is wrong."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw.batches(batches, 4)


def test_a_count_is_a_column_of_squares(engine):
    """One square a draw; a sample that was never drawn has a dotted one. Tensors count too."""
    picture = draw.counts(engine.tensor([1, 1, 0]), samples=3, names=["drawn"])
    tops = sorted((x, y) for x, y, _, _ in markup.squares(picture))
    assert [x for x, _ in tops] == [15, 43, 43, 71]
    assert tops[0][1] == tops[2][1] == tops[3][1] == tops[1][1] + 18
    assert picture.alt == "drawn drew 3 times: 0 1x, 1 2x; never 2."


def test_two_samplers_stand_one_below_the_other():
    """The second one is hatched."""
    picture = draw.counts([0, 1], [0, 0], samples=2, names=("without", "with"))
    assert markup.texts(picture) == ["without", "2 draws", "0", "1", "with", "2 draws", "0", "1"]
    assert "var(--hb-soft-2, #f6e7cd)" in picture.svg


@pytest.mark.parametrize(
    ("draws", "samples", "message"),
    [
        ([], 2, "one sampler or two are drawn, not 0"),
        ([[0]], 13, "up to 12 samples are drawn, each up to 12 times"),
        ([[0] * 13], 2, "up to 12 samples are drawn, each up to 12 times"),
    ],
)
def test_counts_that_cannot_be_drawn(draws, samples, message):
    """The error says what is wrong."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw.counts(*draws, samples=samples)
