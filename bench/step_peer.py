"""PyTorch's side of step.ts: the same model, the same step, eager and compiled."""

import contextlib
import time

import torch
import torch.nn.functional as F
from harness.memory import peak_growth_bytes
from harness.peer import serve
from torch import nn

SIZES = {
    "small": dict(layers=6, hidden=384, heads=6, context=256, vocab=4096, batch=16),
    "GPT-2 124M": dict(layers=12, hidden=768, heads=12, context=512, vocab=50257, batch=2),
}


class Block(nn.Module):
    def __init__(self, hidden, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(hidden)
        self.attention = nn.Linear(hidden, 3 * hidden)
        self.output = nn.Linear(hidden, hidden)
        self.norm2 = nn.LayerNorm(hidden)
        self.up = nn.Linear(hidden, 4 * hidden)
        self.down = nn.Linear(4 * hidden, hidden)

    def forward(self, x):
        batch, length, hidden = x.shape
        parts = self.attention(self.norm1(x)).split(hidden, dim=2)
        query, key, value = (
            part.view(batch, length, self.heads, -1).transpose(1, 2) for part in parts
        )
        attended = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.output(attended.transpose(1, 2).reshape(batch, length, hidden))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self, layers, hidden, heads, context, vocab):
        super().__init__()
        self.tokens = nn.Embedding(vocab, hidden)
        self.positions = nn.Embedding(context, hidden)
        self.blocks = nn.ModuleList(Block(hidden, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(hidden)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, 0, 0.02)

    def forward(self, tokens, targets):
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.tokens(tokens) + self.positions(positions)
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight)
        return F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())


def prepare(size_name, precision, rival, device):
    torch.manual_seed(1)
    size = dict(SIZES[size_name])
    batch = size.pop("batch")
    model = Gpt(**size).to(device)
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() >= 2], "weight_decay": 0.1},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=3e-4, betas=(0.9, 0.95), fused=True)
    shape = (batch, size["context"])
    tokens = torch.randint(size["vocab"], shape, device=device)
    targets = torch.randint(size["vocab"], shape, device=device)
    forward = torch.compile(model) if rival == "compile" else model
    autocast = torch.autocast(device, torch.bfloat16) if precision == "bf16" else None

    def step():
        with autocast or contextlib.nullcontext():
            loss = forward(tokens, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def run(iterations):
        for _ in range(iterations):
            step()

    return run


def memory_bytes(size_name, precision, device):
    growth = peak_growth_bytes(lambda: prepare(size_name, precision, "eager", device)(3))
    return growth if device == "cpu" else torch.cuda.max_memory_allocated()


def profile(size_name, precision, device, num_steps):
    """Where the time of so many eager steps goes, in the form of profile-table.ts."""
    run = prepare(size_name, precision, "eager", device)
    run(2)
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profiler:
        start = time.perf_counter()
        run(num_steps)
        seconds = time.perf_counter() - start
    operators = [
        {"name": event.key, "numCalls": event.count,
         "milliseconds": event.self_cpu_time_total / 1e3}
        for event in profiler.key_averages()
    ]
    return {"numSteps": num_steps, "milliseconds": seconds * 1e3, "operators": operators}


def workload(*arguments):
    return lambda: prepare(*arguments)


serve(
    name=f"PyTorch {torch.__version__}",
    details=f"{torch.backends.cpu.get_cpu_capability()}",
    set_threads=torch.set_num_threads,
    workloads={
        f"{size} {precision} {rival} {device}": workload(size, precision, rival, device)
        for size in SIZES
        for precision in ("fp32", "bf16")
        for rival in ("eager", "compile")
        for device in ("cpu", "cuda")
    },
    functions={"memory_bytes": memory_bytes, "profile": profile},
)
