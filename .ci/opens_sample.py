"""Open the sample article with an installed `caveat` in a pseudo-terminal, see its verdicts, and quit."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

command = sys.argv[1]
pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execv(command, [command])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
seen, wanted, deadline = b"", [b"Moscow and Washington agree", b"checked in"], time.monotonic() + 60
while wanted and time.monotonic() < deadline:
    if select.select([terminal], [], [], 0.2)[0]:
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            break
    wanted = [text for text in wanted if text not in seen]
os.write(terminal, b"q")
while select.select([terminal], [], [], 10)[0]:
    try:
        if not os.read(terminal, 65536):
            break
    except OSError:
        break
_, status = os.waitpid(pid, 0)
if wanted or status:
    sys.exit(f"the installed program did not open its sample article: missing {wanted}, exit status {status}")
sys.stdout.write("the installed program opened its sample article and ended with status 0\n")
