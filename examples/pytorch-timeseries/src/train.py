"""PyTorch: forecasts a monthly series, two months ahead, and goes on where an interruption left it."""

import job
import torch
from checkpoint import Checkpoints
from series import Series
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Forecaster(nn.Module):
    """A recurrent network over the months that are known; what it forecasts is the change since the last of them."""

    def __init__(self, hidden):
        super().__init__()
        self.recurrent = nn.GRU(1, hidden, batch_first=True)
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(hidden, 1))

    def forward(self, known):
        outputs, _ = self.recurrent(known.unsqueeze(-1))
        return known[:, -1] + self.head(outputs[:, -1]).squeeze(-1)


class Training:
    """All that changes while training, and so all that belongs into a checkpoint: random numbers as well."""

    def __init__(self, settings, device):
        self.model = Forecaster(settings.hidden_units).to(device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=settings.learning_rate)
        self.schedule = torch.optim.lr_scheduler.ExponentialLR(self.optimizer, gamma=0.97)

    def state(self):
        parts = {name: part.state_dict() for name, part in vars(self).items()}
        return {**parts, "random": torch.get_rng_state(), "random_cuda": torch.cuda.get_rng_state_all()}

    def restore(self, state):
        for name, part in vars(self).items():
            part.load_state_dict(state[name])
        torch.set_rng_state(state["random"].cpu())
        torch.cuda.set_rng_state_all([each.cpu() for each in state["random_cuda"]])

    def run_epoch(self, batches, device):
        self.model.train()
        total = 0.0
        for known, target in batches:
            loss = nn.functional.mse_loss(self.model(known.to(device)), target.to(device))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(known)
        self.schedule.step()
        return total / len(batches.dataset)

    def forecast(self, known, device):
        self.model.eval()
        with torch.no_grad():
            return self.model(torch.from_numpy(known).to(device)).cpu().numpy()


def main():
    settings = job.hyperparameters(epochs=40, learning_rate=0.002, batch_size=32, hidden_units=32, seed=7)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(settings.seed)
    series = Series(job.DATA)
    data = TensorDataset(torch.from_numpy(series.train_x), torch.from_numpy(series.train_y))
    batches = DataLoader(data, batch_size=settings.batch_size, shuffle=True)
    training = Training(settings, device)

    checkpoints = Checkpoints(job.CHECKPOINTS, ".pt")
    done, state = checkpoints.newest(lambda path: torch.load(path, map_location=device, weights_only=True))
    if state is not None:
        training.restore(state)
    print(f"resumed from epoch {done} of {settings.epochs}" if done else "starting from scratch", flush=True)

    for epoch in range(done + 1, settings.epochs + 1):
        loss = training.run_epoch(batches, device)
        mape = series.mape(training.forecast(series.validation_x, device))
        print(f"epoch={epoch} train_loss={loss:.6f} val_mape={mape:.6f}", flush=True)
        checkpoints.save(epoch, lambda file: torch.save(training.state(), file))

    job.MODEL.mkdir(parents=True, exist_ok=True)
    torch.save(training.model.state_dict(), job.MODEL / "model.pt")


if __name__ == "__main__":
    job.run(main)
