"""The monthly series: reading, scaling, cutting into examples, and judging a forecast."""

import csv
import hashlib
import math


def read(directory):
    """All `month,<value>` rows of the CSV files in `directory`, in order of time: ([month], [value]).

    Raises ValueError, naming file and line, for anything that is not a gapless monthly series of positive numbers.
    """
    files = sorted(directory.glob("*.csv")) if directory.is_dir() else []
    if not files:
        raise ValueError(f"no CSV file in {directory}: is the channel `train` set to the folder that holds the data?")
    rows = sorted(row for file in files for row in rows_of(file))
    for (month, _), (following, _) in zip(rows, rows[1:]):
        if following - month != 1:
            raise ValueError(f"the months {name(month)} and {name(following)} follow each other: a gap or a duplicate")
    return [month for month, _ in rows], [value for _, value in rows]


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader, None)  # the header
        for row in reader:
            try:
                year, month = row[0].split("-")
                value = float(row[1])
                if not (1 <= int(month) <= 12 and 0.0 < value < math.inf):
                    raise ValueError("out of range")
                yield int(year) * 12 + int(month) - 1, value
            except (ValueError, IndexError) as error:
                raise ValueError(
                    f"{file.name}, line {reader.line_num}: expected `YYYY-MM,<positive number>`, found {row}"
                ) from error


def name(month):
    return f"{month // 12}-{month % 12 + 1:02d}"


def fingerprint(months, values):
    """Tells two series apart: a checkpoint belongs to the data it was trained on."""
    text = ",".join(f"{month}:{value!r}" for month, value in zip(months, values))
    return hashlib.sha256(text.encode()).hexdigest()


class Scale:
    """Standardisation with the mean and deviation of the training months only: the held-out months stay unseen."""

    def __init__(self, mean, deviation):
        self.mean = mean
        self.deviation = deviation

    @classmethod
    def of(cls, values):
        mean = sum(values) / len(values)
        return cls(mean, math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0)

    def standardised(self, value):
        return (value - self.mean) / self.deviation

    def original(self, value):
        return value * self.deviation + self.mean


class Examples:
    """`training` and `validation`: lists of (features, standardised target, actual value, seasonal-naive forecast)."""

    def __init__(self, months, values, lags, horizon, validation_months):
        first = max(lags + horizon - 1, 12)
        cut = len(values) - validation_months
        if cut <= first:
            raise ValueError(
                f"{len(values)} months are too few for {lags} lags and {validation_months} held-out months"
            )
        self.scale = Scale.of(values[:cut])
        self.cut = cut
        scaled = [self.scale.standardised(value) for value in values]
        examples = []
        for index in range(first, len(values)):
            known = index - horizon + 1  # the forecast is made when the months before this one are known
            angle = 2.0 * math.pi * (months[index] % 12) / 12.0
            features = scaled[known - lags : known] + [math.sin(angle), math.cos(angle)]
            examples.append((features, scaled[index], values[index], values[index - 12]))
        self.training = examples[: cut - first]
        self.validation = examples[cut - first :]


def mape(pairs):
    """Mean absolute percentage error of (forecast, actual), as a fraction: 0.03 is 3 %."""
    return sum(abs(forecast - actual) / actual for forecast, actual in pairs) / len(pairs)


def rmse(pairs):
    """Root mean square error of (forecast, actual), in the unit of the data."""
    return math.sqrt(sum((forecast - actual) ** 2 for forecast, actual in pairs) / len(pairs))
