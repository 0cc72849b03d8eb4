# %% pad-start fails="post"
def pad(rows, maxlen):
    return [[0] * (maxlen - len(row)) + row for row in rows]


# %% pad-check
from keras.utils import pad_sequences

rows = [[1, 2], [3, 4, 5, 6], []]
assert pad([[1]], 3) == [[1, 0, 0]], "post"
assert all(len(row) == 3 for row in pad(rows, 3)), "length"
assert pad([[3, 4, 5, 6]], 3) == [[3, 4, 5]], "cut"
for maxlen in range(1, 6):
    expected = pad_sequences(rows, maxlen=maxlen, padding="post", truncating="post")
    assert pad(rows, maxlen) == expected.tolist(), "keras"
assert rows == [[1, 2], [3, 4, 5, 6], []], "input"


# %% pad-solution
def pad(rows, maxlen):
    return [(row + [0] * (maxlen - len(row)))[:maxlen] for row in rows]


# %% pad-wrong-uncut fails="length"
def pad(rows, maxlen):
    return [row + [0] * (maxlen - len(row)) for row in rows]


# %% pad-wrong-end fails="cut"
def pad(rows, maxlen):
    return [(row + [0] * (maxlen - len(row)))[-maxlen:] for row in rows]


# %% pad-wrong-fixed fails="keras"
def pad(rows, maxlen):
    return [[*row, 0, 0, 0][:3] for row in rows]


# %% pad-wrong-inplace fails="input"
def pad(rows, maxlen):
    for row in rows:
        row += [0] * (maxlen - len(row))
    return [row[:maxlen] for row in rows]
