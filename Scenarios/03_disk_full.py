"""An intake that fills the disk stops, says so, keeps what it had, and goes on when there is room."""
import os
import shutil
import subprocess
import sys

from common import atles, contents, copy_of, make_images, standalone_node, work

if os.environ.get("IN_NAMESPACE") != "1":
    # A small file system of its own needs a mount namespace; where that is not allowed the scenario cannot be played.
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        print("skipped: no right to make a mount namespace")
        sys.exit(0)
    sys.exit(subprocess.run(
        ["unshare", "-m", sys.executable, *sys.argv], env={**os.environ, "IN_NAMESPACE": "1"}).returncode)

disk = work() / "disk"
disk.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk], check=True)
files = make_images(work() / "images", patients=10, slices=40)
node = standalone_node(disk / "node")
calm = copy_of(node, work() / "calm")

stopped = atles("node", "ingest", "--folder", node, work() / "images", check=False)
assert stopped.returncode not in (0, 3), stopped
assert "full" in stopped.stderr.lower() or "no space" in stopped.stderr.lower(), stopped.stderr
held = len(contents(node)["instances"])
assert held < len(files)

subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
atles("node", "ingest", "--folder", node, work() / "images")
atles("node", "ingest", "--folder", calm, work() / "images")
assert contents(node) == contents(calm)
print(f"stopped at {held} of {len(files)} images, said so, and went on to all of them")
shutil.rmtree(node)
