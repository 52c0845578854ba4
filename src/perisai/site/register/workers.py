"""Writing chunks in processes of their own while the database copies what is ready. No Django here: workers start bare."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Final

from perisai.site.register.plan import Chunk
from perisai.site.register.rows import Keys, write_chunk

WORKERS: Final = 2
_WAITING: Final = 2 * WORKERS
_WORTH_WORKERS: Final = 50_000


def write_all(chunks: Sequence[Chunk], keys: Keys) -> Iterator[dict[str, bytes]]:
    """The chunks' rows in order; by worker processes where there is enough to do. Raises what ``write_chunk`` raises."""
    if sum(chunk.people for chunk in chunks) < _WORTH_WORKERS:
        yield from (write_chunk(chunk, keys) for chunk in chunks)
        return
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=_start_worker) as pool:
        waiting: deque[Future[dict[str, bytes]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(write_chunk, chunk, keys))
                if len(waiting) > _WAITING:  # so many are held in memory at most
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start_worker() -> None:
    """Ctrl-C is the parent's to answer; a worker whose parent is gone goes too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
