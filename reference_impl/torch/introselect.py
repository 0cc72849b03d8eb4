"""Selection and sorting as the C++ standard library does them, down to the order of ties.

`topk` and `kthvalue` return indices. Where values are equal, which index comes out depends
on how the algorithm walked. For `topk` torch runs libstdc++'s `nth_element`,
`partial_sort` and `sort` (David Musser's introselect and introsort), for `kthvalue` a
quickselect of its own. Here are the same walks over pairs `(key, index)`; only keys are
compared.
"""

from __future__ import annotations

from typing import Any

Pairs = list[tuple[Any, int]]


def top(keys: list, k: int, ordered: bool = True) -> list[int]:
    """Return the indices of the `k` smallest keys, as `torch.topk` finds them.

    Args:
        keys: what to compare; for the largest values, their negatives.
        k: how many.
        ordered: whether they come out in ascending order.
    """
    pairs = [(key, at) for at, key in enumerate(keys)]
    if k == 0:
        return []
    if k * 64 <= len(pairs):
        heap_select(pairs, 0, k, len(pairs))
        sort_heap(pairs, 0, k)
    else:
        nth_element(pairs, k - 1)
        if ordered:
            sort(pairs, k - 1)
    return [at for _, at in pairs[:k]]


def nth_element(pairs: Pairs, n: int) -> None:
    """Put the pair that sorting would put at place `n` there, smaller ones before it."""
    first, last = 0, len(pairs)
    if n == last:
        return
    patience = 2 * (last.bit_length() - 1)
    while last - first > 3:
        if patience == 0:
            heap_select(pairs, first, n + 1, last)
            pairs[first], pairs[n] = pairs[n], pairs[first]
            return
        patience -= 1
        cut = partition(pairs, first, last)
        if cut <= n:
            first = cut
        else:
            last = cut
    pairs[first:last] = insertion_sorted(pairs[first:last])


def sort(pairs: Pairs, last: int) -> None:
    """Sort the pairs before `last`: quicksort down to 16, then insertion."""

    def halve(first: int, last: int, patience: int) -> None:
        while last - first > 16:
            if patience == 0:
                heap_select(pairs, first, last, last)
                sort_heap(pairs, first, last)
                return
            patience -= 1
            cut = partition(pairs, first, last)
            halve(cut, last, patience)
            last = cut

    if last:
        halve(0, last, 2 * (last.bit_length() - 1))
        pairs[:last] = insertion_sorted(pairs[:last])


def insertion_sorted(pairs: Pairs) -> Pairs:
    """Return sorted pairs; sorting by insertion keeps ties in order, as Python's sort does."""
    return sorted(pairs, key=lambda pair: pair[0])


def partition(pairs: Pairs, first: int, last: int) -> int:
    """Split around the median of three and return where the larger half starts."""
    a, b, c = first + 1, first + (last - first) // 2, last - 1
    if pairs[a][0] < pairs[b][0]:
        median = b if pairs[b][0] < pairs[c][0] else c if pairs[a][0] < pairs[c][0] else a
    else:
        median = a if pairs[a][0] < pairs[c][0] else c if pairs[b][0] < pairs[c][0] else b
    pairs[first], pairs[median] = pairs[median], pairs[first]
    pivot = pairs[first][0]
    low, high = first + 1, last
    while True:
        while pairs[low][0] < pivot:
            low += 1
        high -= 1
        while pivot < pairs[high][0]:
            high -= 1
        if low >= high:
            return low
        pairs[low], pairs[high] = pairs[high], pairs[low]
        low += 1


def heap_select(pairs: Pairs, first: int, middle: int, last: int) -> None:
    """Gather the smallest pairs before `middle`, as a heap with the largest of them on top."""
    length = middle - first
    for root in reversed(range(length // 2)):
        sift(pairs, first, root, length, pairs[first + root])
    for at in range(middle, last):
        if pairs[at][0] < pairs[first][0]:
            pair, pairs[at] = pairs[at], pairs[first]
            sift(pairs, first, 0, length, pair)


def sort_heap(pairs: Pairs, first: int, last: int) -> None:
    """Turn a heap into an ascending row: its top goes behind the rest, again and again."""
    for end in range(last - 1, first, -1):
        pair, pairs[end] = pairs[end], pairs[first]
        sift(pairs, first, 0, end - first, pair)


def sift(pairs: Pairs, first: int, root: int, length: int, pair: tuple) -> None:
    """Put `pair` into the heap below `root`: let the hole sink to a leaf, then rise again."""
    hole = root
    while 2 * hole + 2 < length:
        child = 2 * hole + 2
        if pairs[first + child][0] < pairs[first + child - 1][0]:
            child -= 1
        pairs[first + hole] = pairs[first + child]
        hole = child
    if 2 * hole + 2 == length:  # a last child without a sibling
        pairs[first + hole] = pairs[first + 2 * hole + 1]
        hole = 2 * hole + 1
    while hole > root and pairs[first + (hole - 1) // 2][0] < pair[0]:
        pairs[first + hole] = pairs[first + (hole - 1) // 2]
        hole = (hole - 1) // 2
    pairs[first + hole] = pair


def quickselect(pairs: Pairs, n: int) -> None:
    """Put the pair that sorting would put at place `n` there, as `torch.kthvalue` does.

    Sedgewick's version of Hoare's algorithm: the pivot waits at the left end.
    """
    left, right = 0, len(pairs) - 1

    def swap(a: int, b: int) -> None:
        pairs[a], pairs[b] = pairs[b], pairs[a]

    while right > left + 1:
        swap(left + (right - left) // 2, left + 1)
        for low, high in ((left + 1, right), (left, right), (left + 1, left)):
            if pairs[high][0] < pairs[low][0]:
                swap(low, high)
        i, j, pivot = left + 1, right, pairs[left][0]
        while True:
            i += 1
            while pairs[i][0] < pivot:
                i += 1
            j -= 1
            while pivot < pairs[j][0]:
                j -= 1
            if j < i:
                break
            swap(i, j)
        swap(left, j)
        if j <= n:
            left = i
        if j >= n:
            right = j - 1
    if right == left + 1 and pairs[right][0] < pairs[left][0]:
        swap(left, right)
