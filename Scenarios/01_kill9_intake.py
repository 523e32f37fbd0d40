"""An intake that is killed again and again ends with exactly what an undisturbed one holds: nothing lost, nothing doubled."""
import random
import signal
import subprocess
import time

from common import ATLES, atles, contents, copy_of, make_images, standalone_node, work

seed = random.randrange(1 << 32)
print(f"seed {seed}")
chance = random.Random(seed)
files = make_images(work() / "images", patients=20, slices=30)
killed = standalone_node(work() / "killed")
calm = copy_of(killed, work() / "calm")

started = time.monotonic()
atles("node", "ingest", "--folder", calm, work() / "images")
whole = time.monotonic() - started

kills = 0
for _ in range(40):
    process = subprocess.Popen(
        [ATLES, "node", "ingest", "--folder", killed, work() / "images"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0, whole))
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
        kills += 1
    process.wait()
atles("node", "ingest", "--folder", killed, work() / "images")

one, other = contents(killed), contents(calm)
assert len(other["instances"]) == len(files), (len(other["instances"]), len(files))
assert one["instances"] == other["instances"], "the index differs"
assert one["objects"] == other["objects"], "the store differs"
again = atles("node", "ingest", "--folder", killed, work() / "images", "--json")
assert contents(killed) == one, "taking in the same folder once more changed something"
print(f"{kills} kills, {len(files)} images, each there once")
