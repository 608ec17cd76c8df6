"""PyTorch's side of ops.ts: the same work, the same sizes, the same names."""

import pathlib

import torch
import torch.nn.functional as F
from harness.memory import peak_growth_bytes
from harness.peer import serve

NUM_TOKENS, HIDDEN_SIZE, VOCAB_SIZE = 4096, 384, 50257


def add():
    a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])

    def run(iterations):
        for _ in range(iterations):
            a.add(b)

    return run


def linear():
    x, weight, bias = torch.randn(64, 512), torch.randn(512, 512), torch.randn(512)

    def run(iterations):
        for _ in range(iterations):
            F.linear(x, weight, bias)

    return run


def attention(*size):
    query, key, value = torch.randn(size), torch.randn(size), torch.randn(size)

    def run(iterations):
        for _ in range(iterations):
            F.scaled_dot_product_attention(query, key, value, None, 0.0, True)

    return run


def chain():
    x, factor, offset = torch.randn(64, requires_grad=True), torch.randn(64), torch.randn(64)

    def run(iterations):
        for _ in range(iterations):
            x.grad = None
            y = x
            for _ in range(25):
                y = y.mul(factor).add(offset).tanh().neg()
            y.sum().backward()

    return run


def make_head():
    weight = torch.randn(VOCAB_SIZE, HIDDEN_SIZE).mul_(0.02)
    target = torch.randint(VOCAB_SIZE, (NUM_TOKENS,))
    return torch.randn(NUM_TOKENS, HIDDEN_SIZE).requires_grad_(), weight.requires_grad_(), target


def differentiate(x, weight, target):
    x.grad = weight.grad = None
    F.cross_entropy(F.linear(x, weight), target).backward()


def linear_cross_entropy():
    head = make_head()

    def run(iterations):
        for _ in range(iterations):
            differentiate(*head)

    return run


def memory_bytes():
    head = make_head()
    return peak_growth_bytes(lambda: differentiate(*head))


def write_gradients(folder):
    """Reads input, weight and target as raw bytes, writes both gradients the same way."""

    def read(name, shape, dtype):
        count = torch.Size(shape).numel()
        path = str(pathlib.Path(folder, name))
        return torch.from_file(path, size=count, dtype=dtype).clone().view(shape)

    x = read("input", (NUM_TOKENS, HIDDEN_SIZE), torch.float32).requires_grad_()
    weight = read("weight", (VOCAB_SIZE, HIDDEN_SIZE), torch.float32).requires_grad_()
    differentiate(x, weight, read("target", (NUM_TOKENS,), torch.int64))
    for name, leaf in [("input", x), ("weight", weight)]:
        path = str(pathlib.Path(folder, f"{name}-gradient"))
        out = torch.from_file(path, shared=True, size=leaf.numel(), dtype=torch.float32)
        out.copy_(leaf.grad.flatten())


serve(
    name=f"PyTorch {torch.__version__}",
    details=f"{torch.backends.cpu.get_cpu_capability()}",
    set_threads=torch.set_num_threads,
    workloads={
        "add, 2 elements": add,
        "linear 512": linear,
        "attention, small": lambda: attention(2, 4, 64, 32),
        "attention, large": lambda: attention(4, 6, 256, 64),
        "chain of 100, forward and backward": chain,
        "linear + cross-entropy": linear_cross_entropy,
    },
    functions={"memory_bytes": memory_bytes, "write_gradients": write_gradients},
)
