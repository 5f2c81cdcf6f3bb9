"""Loads data in processes of its own, which hand their batches over in shared memory, as PyTorch's DataLoader does."""

import multiprocessing
import signal
from multiprocessing import shared_memory

BATCH_BYTES = 16 * 2**20
PREFETCHED = 8


def load(index, queue):
    """A batch of images, in /dev/shm; none is let go before all are there."""
    batches = []
    for _ in range(PREFETCHED):
        batch = shared_memory.SharedMemory(create=True, size=BATCH_BYTES)
        batch.buf[:] = bytes([index]) * BATCH_BYTES
        batches.append(batch)
    queue.put([batch.name for batch in batches])


class DataLoader:
    def __init__(self, workers):
        self.queue = multiprocessing.Queue()
        self.workers = [multiprocessing.Process(target=load, args=(index, self.queue)) for index in range(workers)]

    def __iter__(self):
        for worker in self.workers:
            worker.start()
        for worker in self.workers:
            worker.join()
            self.check(worker)
            yield self.queue.get()

    def check(self, worker):
        """What torch.utils.data says of a worker that a signal ended."""
        if worker.exitcode >= 0:
            return
        name = signal.strsignal(-worker.exitcode)
        hint = " It is possible that dataloader's workers are out of shared memory." if name == "Bus error" else ""
        raise RuntimeError(f"DataLoader worker (pid {worker.pid}) is killed by signal: {name}.{hint}")


def main():
    for step, batch in enumerate(DataLoader(workers=2), 1):
        print(f"step={step} batches={len(batch)}")


if __name__ == "__main__":
    main()
