"""A used, altered or foreign invitation does not make a member, says why, and leaves nothing behind."""
import shutil

from common import Federation, atles, work

with Federation(work() / "one", sites=0) as one:
    invitation = work() / "invitation"
    atles("hub", "invite", "--folder", one.hub_folder, "--name", "Clinic", "--country", "ES", "--out", invitation)
    good = invitation.read_text()
    assert (invitation.stat().st_mode & 0o777) == 0o600

    def refused(text: str, words: str, folder: str) -> None:
        invitation.write_text(text)
        done = atles("node", "init", "--folder", work() / folder, "--invitation", invitation, check=False)
        assert done.returncode != 0 and words in done.stderr, (words, done.stdout, done.stderr)
        assert not (work() / folder / "node.yaml").exists()

    refused("hello", "not an invitation", "a")
    refused(good[:-20] + "\n", "incomplete", "b")
    middle = len(good) // 2
    refused(good[:middle] + ("A" if good[middle] != "A" else "B") + good[middle + 1:], "changed in copying", "c")
    invitation.write_text(good)
    atles("node", "init", "--folder", work() / "member", "--invitation", invitation)
    refused(good, "used", "again")

    invitation.unlink()
    # Another federation that stands at the same address: its certificate is not of the authority in the invitation.
    atles("hub", "invite", "--folder", one.hub_folder, "--name", "Second", "--country", "ES", "--out", invitation)
    second = invitation.read_text()
    one.hub.stop()
    shutil.move(one.hub_folder, work() / "set-aside")
    atles("hub", "init", "--folder", one.hub_folder, "--name", "Impostor", "--host", "127.0.0.1",
          "--federation-port", one.federation_port, "--page-port", one.page_port)
    one.hub.start()
    one.wait_for_hub()
    refused(second, "certificate", "foreign")
print("each refused with its reason; the good one was admitted once")
