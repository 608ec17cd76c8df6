"""PyTorch's side of shakespeare.ts: a plain loop with the numbers of recipes/shakespeare-char.ts."""

import math

import numpy
import torch
import torch.nn.functional as F
from harness.peer import serve
from torch import nn

LAYERS, HIDDEN, HEADS, CONTEXT, VOCAB, BATCH = 4, 128, 4, 64, 257, 12
PEAK, FINAL, WARMUP, STEPS = 1e-3, 1e-4, 100, 2000


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(HIDDEN)
        self.attention = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)

    def forward(self, x):
        batch, length, hidden = x.shape
        query, key, value = (
            part.view(batch, length, HEADS, -1).transpose(1, 2)
            for part in self.attention(self.norm1(x)).split(hidden, dim=2)
        )
        attended = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.output(attended.transpose(1, 2).reshape(batch, length, hidden))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCAB, HIDDEN)
        self.positions = nn.Embedding(CONTEXT, HIDDEN)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(HIDDEN)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, 0, 0.02)

    def forward(self, tokens, targets):
        x = self.tokens(tokens) + self.positions(torch.arange(tokens.shape[1]))
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def learning_rate(step):
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    done = min(1.0, (step - WARMUP) / (STEPS - WARMUP))
    return FINAL + (PEAK - FINAL) * (1 + math.cos(math.pi * done)) / 2


def prepare(rival):
    torch.manual_seed(1)
    data = numpy.random.default_rng(1).integers(0, 256, 1_000_000, dtype=numpy.uint16)
    model = Gpt()
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() >= 2], "weight_decay": 0.1},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=PEAK, betas=(0.9, 0.99), fused=True)
    forward = torch.compile(model) if rival == "compile" else model
    done = 0

    def batch():
        # As nanoGPT: windows that begin anywhere.
        starts = torch.randint(len(data) - CONTEXT, (BATCH,)).tolist()
        rows = torch.from_numpy(
            numpy.stack([data[i : i + CONTEXT + 1] for i in starts]).astype(numpy.int64)
        )
        return rows[:, :-1].contiguous(), rows[:, 1:].contiguous()

    def run(iterations):
        nonlocal done
        for _ in range(iterations):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(done)
            loss = forward(*batch())
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            loss.item()
            done += 1

    return run


serve(
    name=f"plain loop in PyTorch {torch.__version__}",
    details=f"{torch.backends.cpu.get_cpu_capability()}",
    set_threads=torch.set_num_threads,
    workloads={rival: lambda rival=rival: prepare(rival) for rival in ("eager", "compile")},
)
