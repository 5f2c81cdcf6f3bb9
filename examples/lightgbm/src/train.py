"""LightGBM: forecasts a monthly series, two months ahead, and goes on where an interruption left it."""

import job
import lightgbm as lgb
from checkpoint import Checkpoints
from series import Series


def main():
    settings = job.hyperparameters(
        rounds=200, learning_rate=0.05, num_leaves=15, min_data_in_leaf=10, checkpoint_every=10, seed=7
    )
    series = Series(job.DATA)
    # Not standardised: trees do not need it, and `mape` is to be one of degrees.
    train = lgb.Dataset(series.original(series.train_x), series.original(series.train_y))
    validation = train.create_valid(series.original(series.validation_x), series.original(series.validation_y))
    # No bagging and no feature_fraction: their random numbers would begin anew, and the training would be another.
    parameters = {
        "objective": "regression",
        "metric": ["mape", "rmse"],
        "learning_rate": settings.learning_rate,
        "num_leaves": settings.num_leaves,
        "min_data_in_leaf": settings.min_data_in_leaf,
        "seed": settings.seed,
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }

    checkpoints = Checkpoints(job.CHECKPOINTS, ".txt")
    done, booster = checkpoints.newest(whole_model)
    print(f"resumed from round {done} of {settings.rounds}" if done else "starting from scratch", flush=True)

    def save(state):
        rounds = state.iteration + 1
        if rounds % settings.checkpoint_every == 0 or rounds == settings.rounds:
            checkpoints.save(rounds, lambda file: file.write(state.model.model_to_string().encode()))

    booster = lgb.train(
        parameters,
        train,
        num_boost_round=settings.rounds - done,
        init_model=booster,
        valid_sets=[validation],
        valid_names=["val"],
        callbacks=[lgb.log_evaluation(period=1), save],
    )
    job.MODEL.mkdir(parents=True, exist_ok=True)
    booster.save_model(job.MODEL / "model.txt")


def whole_model(path):
    """Raises ValueError for a file that was cut short: LightGBM itself might read the trees that are left."""
    text = path.read_text(encoding="utf-8")
    if "\nend of parameters" not in text:
        raise ValueError("its end is missing")
    return lgb.Booster(model_str=text)


if __name__ == "__main__":
    job.run(main)
