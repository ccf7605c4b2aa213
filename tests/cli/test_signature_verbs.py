"""`kycuong trust` and `kycuong signature`: an authority is trusted, a file is judged by it, the authority is retired."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests import make, signing

from kycuong.cli import signature, trust
from kycuong.reader.signatures import looking


def test_a_file_is_judged_by_what_is_trusted(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kycuong.queries.signatures.look", looking.look)  # the child has its own tests
    make.province()

    def told(verb: Any, *words: str, status: int = 0) -> Any:
        capsys.readouterr()
        assert verb.main([*words, "--json"]) == status
        out = capsys.readouterr()
        return json.loads(out.out or out.err)

    paper, root, key = tmp_path / "bao-cao.pdf", tmp_path / "goc.pem", tmp_path / "khoa.pem"
    paper.write_bytes(signing.sign(signing.blank(), signing.officer()))
    root.write_bytes(signing.root().pem)
    key.write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    assert told(signature, "verify", str(paper), status=1)["reason"] == "no_anchor"
    assert told(trust, "add", str(key), status=1)["refused"] == "trust_private_key"
    assert told(trust, "add", str(root))[0]["is_root"]
    found = told(signature, "verify", str(paper))
    assert (found["verdict"], found["signatures"][0]["signer"]) == ("valid", "Trần Thị Mai")
    assert signature.main(["verify", str(paper)]) == 0
    assert "Chữ ký số hợp lệ" in capsys.readouterr().out
    (row,) = told(trust, "list")
    told(trust, "retire", row["id"])
    assert told(trust, "list")[0]["state"] == "retired"
    assert told(signature, "verify", str(paper), status=1)["verdict"] == "untrusted"
    assert signature.main(["verify", str(tmp_path / "khong-co.pdf")]) == 2
