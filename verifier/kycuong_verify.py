#!/usr/bin/env python3
"""Verify a proof that `kycuong audit export` wrote: one file, no dependency but Python 3.8, none of the product's code.

    python3 kycuong_verify.py NEW.jsonl [--was OLD.jsonl] [--key PUBLIC_KEY_IN_HEX]

Checked: every leaf is in the root of its checkpoint, every checkpoint names the one before it, every signature is by a key of the
file (or, with --key, by the key that you were told by another way), no row stands twice. With --was: the newer file
continues the older one, so that nobody rewrote what you already held. Exit status: 0 intact, 1 not, 2 wrong usage.
"""

import argparse
import hashlib
import json
import sys

# --- Ed25519 verification after RFC 8032, section 6, in extended coordinates -----------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    out = (0, 1, 1, 0)
    while number:
        if number & 1:
            out = add(out, point)
        point = add(point, point)
        number >>= 1
    return out


def point_of(data):
    """Return the point that 32 bytes stand for, or None when there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public, message, signature):
    """Tell whether the signature of the message is by the public key."""
    key, half = point_of(public), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or half is None or len(signature) != 64 or number >= Q:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left, right = times(number, BASE), add(half, times(int.from_bytes(digest, "little") % Q, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# --- Merkle tree after RFC 9162 -------------------------------------------------------------------------------------
def sha(data):
    return hashlib.sha256(data).digest()


class Tree:
    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, record):
        node = sha(b"\x00" + record)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            node, rest = sha(b"\x01" + self.peaks.pop() + node), rest // 2
        self.peaks.append(node)

    def root(self):
        if not self.peaks:
            return sha(b"").hex()
        node = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            node = sha(b"\x01" + peak + node)
        return node.hex()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# --- the file --------------------------------------------------------------------------------------------------------
class Proof:
    """One exported file, read once; `faults` says in one sentence each what is wrong."""

    def __init__(self, path, key):
        self.faults, self.hashes, self.leaves, self.contents = [], {}, 0, 0
        self.body, self.tree, self.last_ids, self.before = None, Tree(), {"event": 0, "entry": 0}, "0" * 64
        self.keys, self.with_leaves = {}, True
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                self.read(number, json.loads(line), key)
        self.close()
        if not self.keys:
            raise ValueError("không phải tệp chứng cứ của Kỷ Cương")

    def read(self, number, row, key):
        if number == 1:
            if row.get("type") != "kycuong-proof" or row.get("version") != 1:
                raise ValueError("không phải tệp chứng cứ của Kỷ Cương")
            names = {sha(bytes.fromhex(public)).hex()[:16]: bytes.fromhex(public) for public in row["keys"].values()}
            self.keys, self.with_leaves = ({sha(key).hex()[:16]: key} if key else names), row["leaves"]
        elif row["type"] == "checkpoint":
            self.close()
            self.open(row)
        else:
            self.leaf(number, row)

    def open(self, row):
        body = self.body = row["body"]
        no, text = body["no"], canonical(body)
        self.tree, hashed = Tree(), sha(text).hex()
        if no != len(self.hashes) + 1:
            self.faults.append(f"Thiếu mốc niêm phong đứng trước mốc số {no}.")
        if body["previous"] != self.before:
            self.faults.append(f"Mốc niêm phong số {no} không nối tiếp mốc đứng trước.")
        if body["key"] not in self.keys:
            self.faults.append(f"Mốc niêm phong số {no} ký bằng khóa lạ {body['key']}.")
        elif not signed_by(self.keys[body["key"]], text, bytes.fromhex(row["signature"])):
            self.faults.append(f"Mốc niêm phong số {no}: chữ ký không đúng.")
        self.hashes[no], self.before = hashed, hashed

    def leaf(self, number, row):
        kind, row_id = row["kind"], row["id"]
        if self.body is None or row_id <= self.last_ids[kind] or row_id > self.body["upto_" + kind]:
            self.faults.append(f"Dòng {number} của tệp: {kind} số {row_id} đứng sai chỗ.")
        self.last_ids[kind] = row_id
        self.tree.add(row["record"].encode())
        self.leaves += 1
        if "row" in row:
            self.contents += 1
            if sha(canonical(row["row"])).hex() != json.loads(row["record"])[0]:
                self.faults.append(f"Dòng {number} của tệp: nội dung của {kind} số {row_id} không khớp lá băm.")

    def close(self):
        body = self.body
        if body and self.with_leaves and (self.tree.size != body["leaves"] or self.tree.root() != body["root"]):
            no, signed = body["no"], body["leaves"]
            self.faults.append(
                f"Mốc niêm phong số {no}: gốc băm của {self.tree.size} lá không khớp với {signed} lá đã ký."
            )


def compare(new, old):
    """Yield where the newer file does not continue the older one."""
    for no, hashed in old.hashes.items():
        if new.hashes.get(no) != hashed:
            yield f"Mốc niêm phong số {no} khác với tệp cũ: sổ đã bị cắt hoặc làm lại từ mốc này."
            return


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--was", metavar="OLD", help="an older export of the same instance")
    parser.add_argument("--key", type=bytes.fromhex, help="the public key that you trust, in hexadecimal")
    options = parser.parse_args(words)
    try:
        proof = Proof(options.file, options.key)
        faults = list(proof.faults)
        if options.was:
            faults += compare(proof, Proof(options.was, options.key))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        print(f"Không đọc được tệp: {error}")
        return 1
    for fault in faults:
        print(fault)
    told = f"{len(proof.hashes)} mốc niêm phong, {proof.leaves} lá, {proof.contents} nội dung được tính lại"
    print(f"KHÔNG nguyên vẹn: {told}; {len(faults)} điểm sai." if faults else f"Nguyên vẹn: {told}.")
    print(f"Mốc cuối: {len(proof.hashes)} {proof.before}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
