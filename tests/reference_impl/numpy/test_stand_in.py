"""The stand-in for NumPy, expression by expression, against the real one."""

import contextlib
import io
import random
import warnings

import numpy as real
import pytest

import reference_impl.numpy as ours
import reference_impl.torch as ref
from reference_impl.torch import exchange

PRINTING = r"""
np.array([1,2,3])
np.array([1.,2.5,-3])
np.array([True,False])
np.array(3.5)
np.array([])
np.array([],dtype=int)
np.arange(1001)
np.arange(1001.)
np.linspace(0,1,50)
np.linspace(0,1,7,dtype='f4')
np.linspace(0,10,4,endpoint=False)
np.linspace(0,10,5,dtype=int)
np.array([1e-5,1])
np.array([1e10,1,2])
np.array([1e8,1])
np.array([99999999.,1])
np.array([1e-10,1e10])
np.array([1/3,2/3,1e-4])
np.array([1/3,2/3],dtype='f4')
np.array([1/3,2/3],dtype='f2')
np.array([1e-5,2/3],dtype='f4')
np.array([-0.0,0.0])
np.array([1e300,1e-300])
np.array([123456.789,0.5])
np.array([1.123456789012,100.5])
np.array([1.5e-7,3.25e-3])
np.array([1e16,1e-5])
np.array(300,dtype='i1')
np.array([1,2]) + None
np.array([0.1,0.25,100.125,-3])
np.array([1e5,0.01])
np.array([12345678.9,0.001])
np.array([1e-8,2e-8],dtype='f4')
np.array([[1,-2],[300,4]])
np.array([3.0,1e3,1e-2,12345.678],dtype='f4')
np.array([1.1]*30,dtype='f4')
np.arange(100)
np.arange(0,100,0.5)
np.broadcast_to(np.arange(3),(2,3))
np.shares_memory(np.arange(3),np.arange(3)), np.array_equal([1],[1,2])
"""

NUMBERS = r"""
np.float64(1.5)
np.float64(1e16)
np.float64(123456789012345678.)
np.float64(1e15)
np.float64(1e-5)
np.float64(0.1)
np.float32(0.1)
np.float32(1e8)
np.float32(16777216)
np.float16(0.1)
np.float32(1)/3
np.int64(5)
np.int8(5)+np.int8(7)
np.bool(True)
np.True_
np.float64('nan'), np.float32('inf')
str(np.float32(1)/3), str(np.int64(3)), str(np.bool(0))
[np.float64(1), np.int32(2)]
np.float64(2)*3, np.float32(2)*3, np.float32(2)*3.5, np.int64(2)*3.5, np.int8(2)*3
np.int64(7)//2, np.int64(7)%3, np.int64(7)/2, np.int64(2)**3, -np.int64(2), abs(np.float32(-2))
np.float64(1)==1, np.int64(3)<4, np.float32(3)!=3
isinstance(np.float64(1),float)
isinstance(np.int64(1),int)
isinstance(np.float32(1),np.floating)
np.array([1,2],dtype='f4')*np.float64(2.5)
np.array([100,2],dtype='i1')*np.int8(2)
f"{np.float64(1.23456):.2f} {np.array(2.5)} {np.array([1,2])} {np.float32(0.1)} {np.int64(3):3d}"
"%s %d %.2f" % (np.arange(3), np.int64(3), np.float32(0.5))
{np.float64(1): 2}[1.0], hash(np.int64(3))==hash(3)
round(np.float64(2.567),1)
np.float64(2.5).item()
type(np.float64(2.5).item())
np.float64(3.0).is_integer()
divmod(np.int64(7),2)
"""

COMPUTING = r"""
np.arange(24.).reshape(2,3,4)/7
np.array([1,2])+np.array([1.5,2])
np.array([1,2],dtype='i1')+1
np.array([1,2],dtype='i1')+300
np.array([1,2],dtype='i1')+1.5
np.array([1,2],dtype='f4')*2.5
np.array([1,2],dtype='f4')*np.array(2.5)
np.array([1,2],dtype='f4')+np.array([1,2])
np.array([1,2],dtype='f2')+np.array([1,2],dtype='i2')
np.array([1,2],dtype='u1')+np.array([1,2],dtype='i1')
np.array([1,2],dtype='u1')-np.array([2,2],dtype='u1')
np.array([True,False])+np.array([True,True])
np.array([True,False])+1
np.array([True,False])*2.5
np.array([True])-np.array([True])
-np.array([True])
~np.array([True,False])
~np.array([1,2])
np.array([1,2])/np.array([0,2])
np.array([0.,2])/0
np.array([1,2])//0
np.array([1,-7])//2, np.array([1.5,-7])//2, np.array([1,-7])%3, np.array([-1.5])%1
np.array([1,2])%0
np.array([1,2])**2, np.array([1,2])**-1
np.array([1,2])**0.5, 2**np.array([1,2]), np.array([1.,2])**-1
np.array([-1.])**0.5
np.array([1,2,3])==2, np.array([1,2])<np.array([2,1]), np.array([1,2])!=[1,3]
np.array([1,2,3])+np.array([1,2])
np.ones((2,3))+np.ones((3,1))
np.ones((2,3))+np.arange(3), np.ones((2,1))*np.arange(3)
np.array([5,6])&3, np.array([True])|np.array([False]), np.array([1.5])&1
1-np.array([1,2]), 2/np.array([1,2]), [1,2]+np.array([1,2])
(lambda a: a.__iadd__(1.5))(np.arange(3))
(lambda a: a.__iadd__(1))(np.arange(3))
(lambda a: a.__imul__(1.5))(np.arange(3.))
(lambda a: a.__itruediv__(2))(np.arange(3))
(lambda a: a.__iadd__(np.ones((2,3))))(np.arange(3.))
(lambda a: a.__iadd__(np.arange(3.)))(np.arange(3,dtype='f4'))
np.float32
np.dtype('f4')==np.float32
np.dtype('f4')=='float32'
np.arange(3).dtype==int
np.dtype('f4').type
np.float64
np.bool
np.ndarray
np.exp(0)
np.exp([0,1])
np.log(np.array([1,0.]))
np.sqrt(np.array([4,-1]))
np.sqrt(4)
np.abs([-1,2])
np.sign([-2.,0,3])
np.floor([1.5,-1.5])
np.round([0.5,1.5,2.567],1)
np.exp(1000.), np.log(-1.), np.sin(np.pi/2), np.exp(np.array([1],dtype='i1'))
np.maximum([1,2],[2,1])
np.minimum(1.5,[1,2])
np.where([True,False],1,2.5)
np.where(np.array([0,1]))
np.clip([1,5,9],2,6)
np.arange(5).clip(1,3)
np.expand_dims(np.arange(3),0)
np.allclose([1,2],[1,2+1e-9])
np.array_equal([1,2],[1,2])
np.isnan([1,float('nan')])
"""

INDEXING = r"""
np.arange(6).reshape(2,3)[1]
np.arange(6).reshape(2,3)[1,2]
np.arange(6).reshape(2,3)[:,1:]
np.arange(6).reshape(2,3)[::-1,::-2]
np.arange(6).reshape(2,3)[...,None,0]
np.arange(6).reshape(2,3)[np.newaxis]
np.arange(6)[5::-2]
np.arange(20)[::-1]
np.arange(20.)[::-2]+1
np.arange(6)[6]
np.arange(6)[1,2]
np.arange(6)[1.5]
np.arange(6)['a']
np.arange(6).reshape(2,3)[2]
np.arange(6).reshape(2,3)[0,-4]
np.arange(6)[[0,2,-1]]
np.arange(6)[np.arange(6)>2]
np.arange(6).reshape(2,3)[[0,1],[1,2]]
np.arange(6).reshape(2,3)[[[0],[1]],[1,2]]
np.arange(24).reshape(2,3,4)[0,[0,1],[1,2]]
np.arange(24).reshape(2,3,4)[[0,1],:,[1,2]]
np.arange(24).reshape(2,3,4)[:,[2,0]]
np.arange(24).reshape(2,3,4)[:,[2,0],None]
np.arange(6).reshape(2,3)[np.array([True,False])]
np.arange(6).reshape(2,3)[np.arange(6).reshape(2,3)%2==0]
np.arange(6)[np.array([True,False])]
np.arange(6)[[9]]
np.arange(3)[np.array([0.5])]
np.arange(3)[()]
np.array(5)[()]
np.array(5)[...]
np.array(5)[0]
(lambda a: (a.__setitem__((0,slice(None)),7), a))(np.arange(6).reshape(2,3))
(lambda a: (a.__setitem__(slice(None,None,-1),[1,2,3]), a))(np.zeros(3))
(lambda a: (a.__setitem__(a>2,0), a))(np.arange(6))
(lambda a: (a.__setitem__([0,1],[8,9]), a))(np.arange(6))
(lambda a: (a.__setitem__(0,2.7), a))(np.arange(3))
(lambda a: a.__setitem__(slice(0,2),[1,2,3]))(np.arange(3))
(lambda a: a.__setitem__([0,1],[1,2,3]))(np.arange(3))
(lambda a: a.__setitem__(0,300))(np.zeros(3,dtype='i1'))
(lambda a: a.__setitem__(0,float('nan')))(np.zeros(3,dtype='i1'))
(lambda a: (a.T.__setitem__(0,9), a))(np.arange(6).reshape(2,3))
np.arange(6).reshape(2,3).strides
np.arange(6,dtype='i2').reshape(2,3).T.strides
np.arange(6)[::-2].strides
np.ones(2).flags.writeable
np.arange(6).reshape(2,3).T.flags.c_contiguous
np.arange(3).nbytes
np.arange(3).itemsize
np.arange(3).base is None
np.arange(3)[1:].base is None
np.ones(3)[0], np.ones(3,dtype='f4')[0], np.arange(3)[0], np.array([True])[0]
"""

CREATION = r"""
np.array([[1,2],[3,4.5]])
np.zeros((0,3))
np.zeros((2,0),dtype='f4')
np.zeros(2,3)
np.zeros((2,3))
np.ones(2,dtype=int)
np.full((2,2),7)
np.full(2,1.5)
np.empty((0,))
np.eye(3)
np.eye(2,3,1,dtype=int)
np.identity(2)
np.zeros_like(np.arange(3)), np.ones_like(np.ones(2,dtype='f4')), np.full_like(np.arange(3),2.7)
np.arange(3,10,2), np.arange(1,2,0.3), np.arange(5,0,-1), np.arange(3,dtype='f4'), np.arange(0)
np.array([[1,2],[3]])
np.array([[1,2],[3,4]],dtype='f4')
np.array([1,2],dtype=np.float16)
np.array([1.7,2],dtype=int)
np.array([0,2],dtype=bool)
np.arange(6).reshape(1,6,1).squeeze().shape, np.ones((2,3)).squeeze(0)
len(np.arange(3)), len(np.ones((2,3)))
list(np.arange(3)), [x for x in np.ones((2,1))]
np.concatenate([[1,2],[3.5]])
np.concatenate([np.ones((1,2)),np.zeros((2,2))])
np.stack([[1,2],[3,4]])
np.stack([[1,2],[3,4]],1)
np.vstack([[1,2],[3,4]])
np.hstack([[1,2],[3,4]])
np.concatenate([np.ones((1,2)),np.zeros((2,3))])
np.concatenate([np.ones(2),np.zeros((2,3))])
np.concatenate([])
np.stack([[1,2],[3]])
print(np.array([1.,2.5]), np.arange(3), np.ones((2,2)), np.array(5))
print(np.array([True,False]), np.array([1e-5,1]))
"""

REDUCING = r"""
np.arange(6).reshape(2,3).sum()
np.arange(6).reshape(2,3).sum(0)
np.arange(6).reshape(2,3).sum(axis=1,keepdims=True)
np.sum([1.5,2])
np.arange(6).reshape(2,3).mean()
np.arange(6).reshape(2,3).mean(1)
np.arange(6.).std()
np.arange(6.).var(ddof=1)
np.ones(3,dtype='f4').mean()
np.ones(3,dtype='f2').mean()
np.arange(6).reshape(2,3).max()
np.arange(6).reshape(2,3).min(0)
np.array([1,float('nan')]).max()
np.arange(6).reshape(2,3).argmax()
np.arange(6).reshape(2,3).argmax(1)
np.argmin([3,1,2])
np.array([]).max()
np.array([]).argmax()
np.array([]).sum()
np.array([True,True]).sum()
np.array([100,100],dtype='i1').sum()
np.array([100,100],dtype='i1').sum().dtype
np.arange(6).sum(2)
np.prod([1,2,3])
np.cumsum([1,2,3])
np.arange(6).reshape(2,3).cumsum(1)
np.arange(6).reshape(2,3).cumsum(0)
np.all([1,0])
np.any([1,0])
np.arange(6).reshape(2,3).any(0)
np.dot([1,2],[3,4])
np.arange(6).reshape(2,3)@np.arange(3)
np.arange(6).reshape(2,3)@np.arange(6).reshape(3,2)
np.ones(2)@np.ones(2)
np.ones((2,3))@np.ones((2,3))
np.sort([3,1,2])
np.argsort([3,1,2])
np.sort([[3,1],[0,2]],0)
np.unique([3,1,3])
np.nonzero([0,1,2])
"""

ARRAYS = r"""
np.arange(2000.).reshape(40,50)
np.arange(8000).reshape(20,20,20)
np.arange(27).reshape(3,3,3)
np.array([0.1,float('nan'),float('inf'),-float('inf')])
np.array([float('nan')])
np.array([-float('inf'),1])
(lambda a: (a.fill(3), a))(np.arange(3))
np.arange(6).reshape(4,2)
np.arange(6).reshape(-1,2), np.arange(6).reshape((3,-1)), np.arange(6).reshape(-1,-1)
np.arange(6).reshape(4,-1)
np.arange(6).reshape(2,3).T
np.arange(24).reshape(2,3,4).transpose(1,0,2).shape
np.arange(24).reshape(2,3,4).swapaxes(0,2).shape
np.arange(6).reshape(2,3).T.ravel()
np.arange(6).reshape(2,3).T.flatten()
np.arange(6).reshape(2,3).T.reshape(6)
np.arange(6).dtype
np.arange(3.).dtype
np.dtype('f4')
np.dtype(float)
np.dtype('int8').itemsize
str(np.dtype(bool))
np.dtype('f4').kind
np.dtype('f4').char
np.dtype('f4').str
np.dtype('foo')
np.arange(6).astype('f4')
np.array([1.9,-1.9]).astype(int)
np.array([300,-1]).astype('u1')
np.array([0,1.5]).astype(bool)
np.arange(3).tolist()
np.array(3).tolist()
np.array([[1.5]]).tolist()
np.array([1.5]).item()
np.arange(3).item(1)
np.arange(6).reshape(2,3).item(1,2)
np.arange(3).item()
len(np.array(3))
list(np.array(3))
bool(np.array([1])), bool(np.array([[0]]))
bool(np.array([1,2]))
bool(np.array([]))
float(np.array(2.5)), int(np.array(2.5))
float(np.array([2.5]))
float(np.array([2.5,1]))
np.arange(6).foo
hash(np.arange(3))
np.array([[1.5,float('nan')],[2,-1e3]])
"""


def told(np, expression):
    """What an expression prints, returns, warns of or raises."""
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            text = repr(eval(expression, {"np": np}))
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
    said = [f"{w.category.__name__}: {w.message}" for w in caught]
    whole = "\n".join([printed.getvalue() + text, *said])
    return whole.replace("reference_impl.", "").replace("numpy._core._exceptions._", "")


def lines(*tables):
    """The expressions of several tables."""
    return [line for table in tables for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    "expression", lines(PRINTING, NUMBERS, COMPUTING, INDEXING, CREATION, REDUCING, ARRAYS)
)
def test_as_numpy_tells(expression):
    """Results, warnings and errors are NumPy's, character for character."""
    assert told(ours, expression) == told(real, expression)


@pytest.mark.parametrize("kind", ["f8", "f4", "f2"])
@pytest.mark.parametrize("n", [1, 7, 8, 9, 128, 129, 257, 1000])
def test_sums_bit_for_bit(kind, n):
    """Numbers are added in NumPy's order."""
    theirs = real.random.default_rng(n).standard_normal(n).astype(kind)
    mine = ours.array(theirs.tolist(), dtype=kind)
    for name in ("sum", "mean", "std"):
        assert repr(getattr(mine, name)()) == repr(getattr(theirs, name)())


@pytest.mark.parametrize("kind", ["f8", "f4", "f2"])
@pytest.mark.parametrize("shape", [(3, 4), (20, 30), (130, 5), (2, 9, 17), (9, 1), (12, 3, 2)])
def test_sums_along_axes(kind, shape):
    """Neighbours in memory are added pairwise, others one after the other; views, too."""
    theirs = real.random.default_rng(1).standard_normal(shape).astype(kind)
    mine = ours.array(theirs.tolist(), dtype=kind)
    for look in (lambda a: a, lambda a: a.T, lambda a: a[::2], lambda a: a[:, ::-1]):
        for axis in (None, 0, 1, -1):
            assert ours.asarray(look(mine).sum(axis)).tolist() == look(theirs).sum(axis).tolist()


def test_random_floats_print_alike():
    """The fewest digits that tell a number from its neighbours, of every type and size."""
    chance = real.random.default_rng(0)
    for kind in ("f8", "f4", "f2"):
        for power in (-6, -2, 0, 3, 7):
            with real.errstate(over="ignore"):
                theirs = (chance.standard_normal(7) * 10.0**power).astype(kind)
            mine = ours.array(theirs.tolist(), dtype=kind)
            assert repr(mine) == repr(theirs)
            assert str(mine) == str(theirs)
            for a, b in zip(mine, theirs, strict=True):
                assert repr(a) == repr(b)


@pytest.mark.parametrize("seed", range(200))
def test_random_indices(seed):
    """Reading and writing by mixed indices: integers, slices, None, ellipsis, places."""
    chance = random.Random(seed)
    shape = tuple(chance.randint(1, 4) for _ in range(chance.randint(1, 3)))
    index: list = []
    for _ in range(chance.randint(0, len(shape))):
        bounds = (chance.choice([None, -3, -1, 0, 1, 3]) for _ in range(2))
        kinds = [
            chance.randint(-4, 3),
            slice(*bounds, chance.choice([None, 1, 2, -1, -2])),
            [chance.randint(-1, 0) for _ in range(2)],
            None,
            ...,
        ]
        index.append(chance.choice(kinds if ... not in index else kinds[:-1]))
    found = []
    for np in (ours, real):
        a = np.arange(float(real.prod(shape))).reshape(shape)
        try:
            text = repr(a[tuple(index)])
            a[tuple(index)] = -1
            found.append(text + repr(a))
        except (IndexError, ValueError) as error:
            found.append(f"{type(error).__name__}: {error}")
    assert found[0] == found[1]


def test_promotion():
    """Every pair of types gives NumPy's type."""
    kinds = "f8 f4 f2 i8 i4 i2 i1 u8 u4 u2 u1 ?".split()
    for a in kinds:
        for b in kinds:
            mine = ours.ones(1, a) * ours.ones(1, b)
            assert str(mine.dtype) == str((real.ones(1, a) * real.ones(1, b)).dtype)


@pytest.fixture
def stand_in(monkeypatch):
    """Tensors give arrays as where NumPy is not installed."""
    monkeypatch.setattr(exchange, "array_library", lambda: ours)


@pytest.mark.parametrize(
    "kind", "float64 float32 float16 int64 int32 int16 int8 uint8 bool".split()
)
def test_shares_memory_with_tensors(stand_in, kind):
    """One storage, from both sides, through views."""
    x = ref.zeros(2, 3, dtype=getattr(ref, kind))
    a = x.t().numpy()
    assert type(a) is ours.ndarray
    assert str(a.dtype) == kind
    a[2, 0] = 1
    x[1, 0] = 1
    assert a.tolist() == [[0, 1], [0, 0], [1, 0]]
    y = ref.from_numpy(a[1:])
    y[0, 1] = 1
    assert x.tolist() == [[0, 0, 1], [1, 1, 0]]
    assert y.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()


def test_errors_of_exchange(stand_in):
    """The errors are torch's, with the stand-in's arrays."""
    with pytest.raises(
        ValueError, match="At least one stride in the given numpy array is negative"
    ):
        ref.from_numpy(ours.arange(3)[::-1])
    with pytest.raises(TypeError, match=r"expected np.ndarray \(got numpy.float64\)"):
        ref.from_numpy(ours.float64(1))
    with pytest.raises(RuntimeError, match="Can't call numpy"):
        ours.asarray(ref.ones(1, requires_grad=True))
    assert (ref.tensor(ours.ones(2)).dtype, ref.tensor(ours.float64(1)).dtype) == (ref.float64,) * 2


def test_operators_between_arrays_and_tensors(stand_in):
    """Arrays and tensors meet as with real NumPy."""
    expressions = [
        lambda np, t: t.ones(2) + np.ones(2),
        lambda np, t: np.ones(2) + t.ones(2),
        lambda np, t: np.ones(2) * t.ones(2),
        lambda np, t: np.float64(2) * t.ones(2),
        lambda np, t: t.ones(2) * np.float32(2),
        lambda np, t: np.sin(t.ones(2)),
        lambda np, t: np.array([t.tensor(1.0), t.tensor(2.0)]),
        lambda np, t: np.array(t.ones(2)),
        lambda np, t: t.arange(6.0)[np.array([1, 2])],
        lambda np, t: t.zeros(np.int64(2)),
        lambda np, t: t.full((2,), np.float32(1.5)),
    ]
    for expression in expressions:
        found = []
        for np in (ours, real):
            exchange.array_library = lambda np=np: np
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    text = repr(expression(np, ref))
                except Exception as error:
                    text = f"{type(error).__name__}: {error}"
            found.append([text, *(str(w.message) for w in caught)])
        assert found[0] == found[1]


def test_what_is_missing():
    """Names that are not here say so."""
    for name in ("random", "linalg", "fft"):
        with pytest.raises(NotImplementedError, match=f"numpy.{name} is not part of"):
            getattr(ours, name)
    with pytest.raises(NotImplementedError):
        _ = ours.ones(1).view
    for value in (["a"], [1j]):
        with pytest.raises(NotImplementedError):
            ours.array(value)
    with pytest.raises(NotImplementedError):
        ours.dtype("complex64")
