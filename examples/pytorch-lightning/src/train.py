"""PyTorch Lightning: forecasts a monthly series, two months ahead, and goes on where an interruption left it."""

from pathlib import Path

import job
import lightning as L
import torch
from checkpoint import Checkpoints, whole_file
from lightning.pytorch.callbacks import TQDMProgressBar
from lightning.pytorch.plugins.io import TorchCheckpointIO
from series import Series
from torch import nn
from torch.utils.data import DataLoader, Sampler, TensorDataset


class Forecaster(L.LightningModule):
    """Forecasts the change since the last month that is known."""

    def __init__(self, series, lags, hidden, learning_rate):
        super().__init__()
        self.series = series
        self.learning_rate = learning_rate
        self.layers = nn.Sequential(
            nn.Linear(lags, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 1)
        )

    def forward(self, known):
        return known[:, -1] + self.layers(known).squeeze(-1)

    def training_step(self, batch, _):
        known, target = batch
        loss = nn.functional.mse_loss(self(known), target)
        self.log("train_loss", loss, on_step=False, on_epoch=True, prog_bar=True)
        return loss

    def validation_step(self, batch, _):
        known, _ = batch
        mape = self.series.mape(self(known).cpu().numpy())
        self.log("val_mape", mape, prog_bar=True)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=self.learning_rate)


class WholeCheckpoints(TorchCheckpointIO):
    """Lightning's own way copies the file from the temporary directory: seen while that lasts, it is cut short."""

    def save_checkpoint(self, checkpoint, path, storage_options=None):
        with whole_file(Path(path)) as file:
            torch.save(checkpoint, file)


class ShuffledByEpoch(Sampler):
    """The order follows from the epoch (Lightning tells it), so that a resumed epoch is what it would have been."""

    def __init__(self, size, seed):
        self.size, self.seed, self.epoch = size, seed, 0

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __len__(self):
        return self.size

    def __iter__(self):
        generator = torch.Generator().manual_seed(self.seed + self.epoch)
        return iter(torch.randperm(self.size, generator=generator).tolist())


class EveryEpoch(L.Callback):
    def __init__(self, checkpoints):
        self.checkpoints = checkpoints

    def on_train_epoch_end(self, trainer, _):
        done = trainer.current_epoch + 1
        trainer.save_checkpoint(self.checkpoints.path(done))
        self.checkpoints.prune(done)


def main():
    settings = job.hyperparameters(epochs=40, learning_rate=0.001, batch_size=32, hidden_units=64, seed=7)
    L.seed_everything(settings.seed)
    series = Series(job.DATA)
    train, validation = (
        TensorDataset(torch.from_numpy(known), torch.from_numpy(target))
        for known, target in ((series.train_x, series.train_y), (series.validation_x, series.validation_y))
    )
    order = ShuffledByEpoch(len(train), settings.seed)
    model = Forecaster(series, series.train_x.shape[1], settings.hidden_units, settings.learning_rate)

    checkpoints = Checkpoints(job.CHECKPOINTS, ".ckpt")
    done, state = checkpoints.newest(lambda path: torch.load(path, map_location="cpu", weights_only=True))
    print(f"resumed from epoch {done} of {settings.epochs}" if done else "starting from scratch", flush=True)
    trainer = L.Trainer(
        max_epochs=settings.epochs,
        plugins=[WholeCheckpoints()],
        # Where `rich` is installed Lightning would draw another bar, which says nothing in a log until the very end.
        callbacks=[EveryEpoch(checkpoints), TQDMProgressBar(refresh_rate=100, leave=True)],
        enable_checkpointing=False,  # Lightning's own, into the working directory
        logger=False,
    )
    trainer.fit(
        model,
        DataLoader(train, batch_size=settings.batch_size, sampler=order),
        DataLoader(validation, batch_size=len(validation)),
        ckpt_path=checkpoints.path(done) if state else None,
    )
    job.MODEL.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), job.MODEL / "model.pt")


if __name__ == "__main__":
    job.run(main)
