"""TRL's side of reward.ts: RewardTrainer on the CPU, fp32, the same weights and pairs."""

import json
import tempfile
import time

import datasets
import tokenizers
import torch
import transformers
import trl
from harness.peer import serve

VOCAB, CONTEXT = 4096, 512

trainers = {}


def make_tokenizer():
    vocabulary = {f"t{i}": i for i in range(VOCAB)}
    model = tokenizers.models.WordLevel(vocabulary, unk_token="t0")
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizers.Tokenizer(model), pad_token="t0", eos_token="t0"
    )


class Clock(transformers.TrainerCallback):
    def on_train_begin(self, *_, **__):
        self.begin = time.perf_counter()

    def on_train_end(self, *_, **__):
        self.end = time.perf_counter()


def prepare(folder, batch_size, num_passes):
    with open(f"{folder}/pairs.json") as file:
        rows = json.load(file)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        f"{folder}/model", dtype=torch.float32
    )
    arguments = trl.RewardConfig(
        output_dir=tempfile.mkdtemp(),
        per_device_train_batch_size=batch_size,
        gradient_accumulation_steps=num_passes,
        max_length=CONTEXT,
        learning_rate=1e-5,
        lr_scheduler_type="constant",
        weight_decay=0.01,
        max_steps=1,
        use_cpu=True,
        bf16=False,
        # On by default, for memory; it would cost TRL another forward pass.
        gradient_checkpointing=False,
        report_to="none",
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
    )
    clock = Clock()
    trainers["one"] = clock, trl.RewardTrainer(
        model=model,
        args=arguments,
        train_dataset=datasets.Dataset.from_list(rows),
        processing_class=make_tokenizer(),
        callbacks=[clock],
    )


def train(num_steps):
    """Seconds that so many steps took, without setting up."""
    clock, trainer = trainers["one"]
    trainer.args.max_steps = num_steps
    trainer.train()
    return clock.end - clock.begin


if __name__ == "__main__":
    serve(
        f"TRL {trl.__version__}",
        torch.set_num_threads,
        {},
        {"prepare": prepare, "train": train},
        f"torch {torch.__version__}, transformers {transformers.__version__}",
    )
