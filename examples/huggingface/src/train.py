"""Hugging Face Trainer: forecasts a monthly series, two months ahead, and goes on where an interruption left it."""

from pathlib import Path

import job
from series import Series
from signed import newest_signed, sign
from torch import cuda
from torch.utils.data import Dataset
from transformers import (
    PatchTSTConfig,
    PatchTSTForPrediction,
    Trainer,
    TrainerCallback,
    TrainerState,
    TrainingArguments,
    set_seed,
)


class Windows(Dataset):
    """What was known, and what came two months later; both of one channel."""

    def __init__(self, known, target):
        self.known, self.target = known, target

    def __len__(self):
        return len(self.known)

    def __getitem__(self, index):
        return {"past_values": self.known[index][:, None], "future_values": self.target[index].reshape(1, 1)}


class Sign(TrainerCallback):
    """The trainer writes the files of a checkpoint one after the other. When all are there, it comes here."""

    def on_save(self, args, state, control, **_):
        sign(Path(args.output_dir) / f"checkpoint-{state.global_step}")


def main():
    settings = job.hyperparameters(epochs=20, learning_rate=0.001, batch_size=32, seed=7)
    set_seed(settings.seed)
    series = Series(job.DATA)
    lags = series.train_x.shape[1]
    shape = PatchTSTConfig(
        context_length=lags,
        prediction_length=1,
        patch_length=6,
        patch_stride=3,
        d_model=32,
        ffn_dim=64,
        num_hidden_layers=2,
    )
    model = PatchTSTForPrediction(shape)

    newest = newest_signed(job.CHECKPOINTS)
    if newest is None:
        print("starting from scratch", flush=True)
    else:
        done = TrainerState.load_from_json(newest / "trainer_state.json").epoch
        print(f"resumed from epoch {done:.0f} of {settings.epochs}", flush=True)
    trainer = Trainer(
        model,
        TrainingArguments(
            output_dir=str(job.CHECKPOINTS),
            num_train_epochs=settings.epochs,
            learning_rate=settings.learning_rate,
            per_device_train_batch_size=settings.batch_size,
            seed=settings.seed,
            eval_strategy="epoch",
            logging_strategy="epoch",
            save_strategy="epoch",
            save_total_limit=2,  # the one before stays as a reserve
            label_names=["future_values"],
            dataloader_pin_memory=cuda.is_available(),
            report_to="none",
            disable_tqdm=True,  # lines, not a progress bar
        ),
        train_dataset=Windows(series.train_x, series.train_y),
        eval_dataset=Windows(series.validation_x, series.validation_y),
        compute_metrics=lambda result: {"mape": series.mape(forecast(result.predictions))},
        callbacks=[Sign()],
    )
    trainer.train(resume_from_checkpoint=str(newest) if newest else None)
    trainer.save_model(str(job.MODEL))


def forecast(predictions):
    outputs = predictions[0] if isinstance(predictions, tuple) else predictions
    return outputs[:, 0, 0]


if __name__ == "__main__":
    job.run(main)
