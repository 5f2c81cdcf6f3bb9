"""A monthly series as windows: what was known, and what came `horizon` months later. The same file in every example."""

import numpy as np


class Series:
    """`train_x`, `train_y`, `validation_x`, `validation_y`: float32, standardised by the mean and deviation of the
    training months alone. The last `held_out` months are for validation."""

    def __init__(self, directory, lags=24, horizon=2, held_out=120):
        files = sorted(directory.glob("*.csv"))
        if not files:
            raise FileNotFoundError(f"no CSV file in {directory}: is the channel `train` the folder with the data?")
        values = np.concatenate([np.loadtxt(file, delimiter=",", skiprows=1, usecols=1) for file in files])
        self.mean, self.deviation = values[:-held_out].mean(), values[:-held_out].std()
        scaled = ((values - self.mean) / self.deviation).astype(np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(scaled, lags + horizon)
        known, target = windows[:, :lags].copy(), windows[:, -1].copy()
        self.train_x, self.validation_x = known[:-held_out], known[-held_out:]
        self.train_y, self.validation_y = target[:-held_out], target[-held_out:]

    def original(self, scaled):
        return np.asarray(scaled, dtype=np.float64) * self.deviation + self.mean

    def mape(self, forecast):
        """Mean absolute percentage error of a forecast of the held-out months, as a fraction: 0.03 is 3 %."""
        actual = self.original(self.validation_y)
        return float(np.mean(np.abs(self.original(forecast) - actual) / actual))
