"""What a phone's camera sees: a code that stands still, as a video file that Chromium plays in place of a camera."""

from pathlib import Path

import segno

_WIDTH, _HEIGHT = 640, 480
_BLACK, _WHITE, _GREY = b"\x10", b"\xeb", b"\x80"


def seeing(text: str, file: Path) -> list[str]:
    """Writes the video (YUV4MPEG2, three frames) and says with which arguments Chromium uses it."""
    code = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=1, border=4)]
    scale = min(_WIDTH, _HEIGHT) // len(code)
    left, top = (_WIDTH - len(code) * scale) // 2, (_HEIGHT - len(code) * scale) // 2
    light = bytearray(_WHITE * (_WIDTH * _HEIGHT))
    for row, modules in enumerate(code):
        line = b"".join((_BLACK if dark else _WHITE) * scale for dark in modules)
        for down in range(row * scale, (row + 1) * scale):
            start = (top + down) * _WIDTH + left
            light[start : start + len(line)] = line
    frame = b"FRAME\n" + bytes(light) + _GREY * (_WIDTH * _HEIGHT // 2)
    file.write_bytes(f"YUV4MPEG2 W{_WIDTH} H{_HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={file}"]
