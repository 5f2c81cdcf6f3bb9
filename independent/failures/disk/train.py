"""Writes a checkpoint after each epoch, and never removes one."""

import os

CHECKPOINTS = "/opt/ml/checkpoints"


def save(epoch):
    with open(os.path.join(CHECKPOINTS, f"epoch-{epoch:03}.bin"), "wb") as file:
        file.write(os.urandom(4 * 2**20))
        file.flush()
        os.fsync(file.fileno())


for epoch in range(1, 1000):
    print(f"epoch={epoch} val_mape={0.3 / epoch:.4f}")
    save(epoch)
