"""A hospital's way out is a proxy: the node goes through it, and only through it."""
import os
import select
import socket
import threading

import pytest

from federation import Federation, atles


class Proxy:
    """Serves CONNECT and nothing else, and remembers for whom."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.asked: list[str] = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self.tunnel, args=(client,), daemon=True).start()

    def tunnel(self, client: socket.socket):
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        method, target, _ = head.split(b"\r\n")[0].decode().split()
        self.asked.append(f"{method} {target}")
        host, port = target.rsplit(":", 1)
        hub = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            for ready in select.select([client, hub], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    client.close()
                    hub.close()
                    return
                (hub if ready is client else client).sendall(data)


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with Federation(tmp_path_factory.mktemp("proxy"), sites=0) as running:
        yield running


def join(hub, name: str, **variables):
    invitation = hub.folder / f"{name}.invitation"
    atles("hub", "invite", "--folder", hub.hub_folder, "--name", name, "--country", "PL", "--out", invitation)
    clean = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    return atles("node", "init", "--folder", hub.folder / name, "--invitation", invitation, check=False,
                 env=clean | variables)


def test_a_node_joins_through_the_proxy_that_its_environment_names(hub):
    proxy = Proxy()
    done = join(hub, "through", HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")
    assert done.returncode == 0, done.stderr
    assert proxy.asked and set(proxy.asked) == {f"CONNECT 127.0.0.1:{hub.federation_port}"}


def test_no_proxy_takes_the_hub_out(hub):
    proxy = Proxy()
    done = join(hub, "around", HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}", NO_PROXY="localhost,127.0.0.1")
    assert done.returncode == 0, done.stderr
    assert proxy.asked == []


def test_a_proxy_that_is_not_there_is_named_and_not_gone_around(hub):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    done = join(hub, "dead", HTTPS_PROXY=f"http://127.0.0.1:{port}")
    assert done.returncode != 0
    assert f"through the proxy 127.0.0.1:{port}" in done.stderr
