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
from trl.experimental.ppo import ppo_trainer

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
    trainers["one"] = build(folder, num_epochs, "policy", stop_token="eos", missing_eos_penalty=1.0)


def build(folder, num_epochs, reference, learning_rate=1e-6, **answers):
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
        temperature=1.0,
        learning_rate=learning_rate,
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
        **answers,
    )
    clock = Clock()
    causal, scalar = transformers.AutoModelForCausalLM, transformers.AutoModelForSequenceClassification
    return clock, ppo.PPOTrainer(
        args=arguments,
        processing_class=make_tokenizer(),
        model=load(folder, "policy", causal),
        ref_model=load(folder, reference, causal),
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


def losses(folder, num_epochs, learning_rate):
    """One update with answers of full length: the answers, and what it told of them."""
    _, trainer = build(folder, num_epochs, "reference", learning_rate)
    told = {}
    generate = ppo_trainer.batch_generation

    def recorded(model, queries, *arguments):
        tokens, logits = generate(model, queries, *arguments)
        told["prompts"] = [[i for i in row if i != VOCAB] for row in queries.tolist()]
        told["answers"] = tokens[:, queries.shape[1] :].tolist()
        return tokens, logits

    def log(metrics, *_, **__):
        told["kl"] = metrics["objective/kl"]
        told["scores"] = metrics["objective/scores"]
        told["policyLoss"] = metrics["loss/policy_avg"]
        told["valueLoss"] = metrics["loss/value_avg"]
        told["approximateKl"] = metrics["policy/approxkl_avg"]

    ppo_trainer.batch_generation, trainer.log = recorded, log
    try:
        trainer.train()
    finally:
        ppo_trainer.batch_generation = generate
    return told


if __name__ == "__main__":
    serve(
        f"TRL {trl.__version__}",
        torch.set_num_threads,
        {},
        {"prepare": prepare, "train": train, "losses": losses},
        f"torch {torch.__version__}, transformers {transformers.__version__}",
    )
