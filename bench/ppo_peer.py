"""TRL's side of ppo.ts: PPOTrainer on the CPU, fp32, the same weights and prompts."""

import json
import os
import tempfile
import time

import datasets
import tokenizers
import torch
import transformers
from harness.peer import serve

os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
import trl
from trl.experimental import ppo

VOCAB, EPISODES, PASS, RESPONSE = 4096, 32, 8, 48
END = VOCAB - 1  # the template's end of a turn

trainers = {}


def make_tokenizer():
    """Prompts are tokens already: it pads, with an id that no prompt and no answer has."""
    vocabulary = {f"t{i}": i for i in range(VOCAB)} | {"pad": VOCAB}
    model = tokenizers.models.WordLevel(vocabulary, unk_token="t0")
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizers.Tokenizer(model),
        pad_token="pad",
        eos_token=f"t{END}",
        padding_side="left",
    )


class Clock(transformers.TrainerCallback):
    def on_train_begin(self, *_, **__):
        self.begin = time.perf_counter()

    def on_train_end(self, *_, **__):
        self.end = time.perf_counter()


def load(folder, name, kind):
    return kind.from_pretrained(f"{folder}/{name}", dtype=torch.float32)


def prepare(folder, num_epochs):
    with open(f"{folder}/prompts.json") as file:
        rows = [{"input_ids": ids} for ids in json.load(file)]
    arguments = ppo.PPOConfig(
        output_dir=tempfile.mkdtemp(),
        per_device_train_batch_size=PASS,
        gradient_accumulation_steps=EPISODES // PASS,
        num_ppo_epochs=num_epochs,
        num_mini_batches=1,
        local_rollout_forward_batch_size=EPISODES,
        total_episodes=EPISODES,
        response_length=RESPONSE,
        stop_token="eos",
        missing_eos_penalty=1.0,
        temperature=1.0,
        learning_rate=1e-6,
        lr_scheduler_type="constant",
        use_cpu=True,
        bf16=False,
        # On by default, for memory; it would cost TRL another forward pass.
        gradient_checkpointing=False,
        num_sample_generations=0,
        report_to="none",
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
    )
    clock = Clock()
    causal, scalar = transformers.AutoModelForCausalLM, transformers.AutoModelForSequenceClassification
    trainers["one"] = clock, ppo.PPOTrainer(
        args=arguments,
        processing_class=make_tokenizer(),
        model=load(folder, "policy", causal),
        ref_model=load(folder, "policy", causal),
        reward_model=load(folder, "reward", scalar),
        value_model=load(folder, "reward", scalar),
        train_dataset=datasets.Dataset.from_list(rows),
        callbacks=[clock],
    )


def train(num_updates):
    """Seconds that so many updates took, without setting up."""
    clock, trainer = trainers["one"]
    trainer.args.num_total_batches = num_updates
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
