# %% draws-start fails="enough"
import math


def draws_needed(n, share):
    return math.ceil(n * share)


# %% draws-check
def expected(n, k):
    return 1 - (1 - 1 / n) ** k


k = draws_needed(100, 0.95)
assert expected(100, k) >= 0.95, "enough"
assert isinstance(k, int), "whole"
assert expected(100, k - 1) < 0.95, "smallest"
assert draws_needed(2, 0.75) != 3, "exact"
assert [draws_needed(10, 0.5), draws_needed(2, 0.75)] == [7, 2], "other"

# %% draws-solution
import math


def draws_needed(n, share):
    return math.ceil(math.log(1 - share) / math.log(1 - 1 / n))


# %% draws-wrong-floor fails="enough"
import math


def draws_needed(n, share):
    return int(math.log(1 - share) / math.log(1 - 1 / n))


# %% draws-wrong-unrounded fails="whole"
import math


def draws_needed(n, share):
    return math.log(1 - share) / math.log(1 - 1 / n)


# %% draws-wrong-generous fails="smallest"
def draws_needed(n, share):
    return 3 * n


# %% draws-wrong-plus fails="exact"
import math


def draws_needed(n, share):
    return int(math.log(1 - share) / math.log(1 - 1 / n)) + 1


# %% draws-wrong-fixed fails="other"
def draws_needed(n, share):
    k = 1
    while 1 - (1 - 1 / 100) ** k < share:
        k += 1
    return k
