"""A node opens no port, neither while it serves nor while it takes in images."""
import pathlib

from common import Federation, work


def listening(pid: int) -> set[str]:
    """Sockets of a process that listen, out of the kernel's own tables."""
    inodes = set()
    for link in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            is_open = fields[3] == "0A" or (name.startswith("udp") and fields[3] == "07")
            if is_open and fields[9] in inodes:
                found.add(f"{name} {fields[1]}")
    return found


with Federation(work() / "federation", sites=2) as federation:
    assert listening(federation.hub.process.pid), "the check itself must see the hub's ports"
    for name, node in federation.nodes.items():
        assert listening(node.process.pid) == set(), (name, listening(node.process.pid))
print("the hub listens, its nodes do not")
