"""Every wording of the store's errors, keyed by code: cause and remedy, Japanese and English, and whether to try again.

Placeholders are filled with values already made printable (`carveout.observations.text.shown`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from carveout.language import Text


@dataclass(frozen=True, slots=True)
class Message:
    """What an error of one code says."""

    cause: Text
    remedy: Text
    retry: bool


def _again(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message(Text(*cause), Text(*remedy), True)


def _final(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message(Text(*cause), Text(*remedy), False)


_DATABASE = {
    "disk_full": _again(
        ("保存先のディスクがいっぱいで、書き込めませんでした", "the disk is full, so nothing could be written"),
        (
            "不要なファイルを消して空きを作り、もう一度保存してください。入力した内容は画面に残っています",
            "free some space and save again; what you entered is still on the screen",
        ),
    ),
    "read_only": _again(
        ("保存先に書き込む権限がありません（読み取り専用です）", "the store cannot be written to (it is read-only)"),
        (
            "ファイルとフォルダの権限を確かめ、書き込めるようにしてからもう一度保存してください",
            "check the permissions of the file and its folder, make them writable, and save again",
        ),
    ),
    "locked": _again(
        (
            "ほかの人かほかのプログラムが書き込んでいる最中です",
            "somebody else, or another program, is writing just now",
        ),
        (
            "少し待って、もう一度保存してください。続くようなら、保存先のファイルを開いているほかのプログラムを閉じてください",
            "wait a moment and save again; if it goes on, close other programs that have the store's file open",
        ),
    ),
    "connection_lost": _again(
        ("データベースとの接続が切れました", "the connection to the database was lost"),
        (
            "データベースが動いているか、ネットワークがつながっているかを確かめ、もう一度保存してください。同じ入力が二重に入ることはありません",
            "check that the database runs and the network is up, then save again; nothing is entered twice",
        ),
    ),
    "cannot_open": _again(
        ("保存先を開けません（{reason}）", "the store cannot be opened ({reason})"),
        ("場所と、読み書きする権限を確かめてください", "check its place, and that you may read and write there"),
    ),
    "disk_error": _again(
        ("ディスクの読み書きに失敗しました（{reason}）", "the disk could not be read or written ({reason})"),
        (
            "ディスクの空きと接続（USBやネットワークのドライブ）を確かめ、もう一度保存してください",
            "check the disk's free space and its connection (USB, network drive), then save again",
        ),
    ),
    "damaged": _final(
        ("保存先のファイルが壊れています", "the store's file is damaged"),
        (
            "控え（バックアップ）か、書き出しておいたファイルから復元してください",
            "restore it from a backup copy or from an export",
        ),
    ),
    "not_a_store": _final(
        ("指定されたファイルは記録の保存先ではありません", "the file named is not a store"),
        ("保存先の名前を確かめてください", "check the name of the store"),
    ),
    "too_large": _final(
        ("一度に保存するには大きすぎます", "this is too large to be saved in one go"),
        ("分けて保存してください", "save it in parts"),
    ),
    "no_entry": _final(
        (
            "データベースに入れません（利用者名かパスワードが違います）",
            "the database refused the user name or password",
        ),
        ("CARVEOUT_STOREに書いた接続先を確かめてください", "check the address in CARVEOUT_STORE"),
    ),
    "no_database": _final(
        ("そのデータベースはありません（{reason}）", "there is no such database ({reason})"),
        ("管理者に作ってもらうか、接続先を確かめてください", "have it created, or check the address"),
    ),
    "database": _final(
        ("データベースで思わぬ誤りが起きました（{reason}）", "the database reported an unexpected error ({reason})"),
        (
            "もう一度試し、続くようならこの文を管理者に伝えてください",
            "try again, and pass this message on if it goes on",
        ),
    ),
    "bad_address": _final(
        ("保存先の書き方がわかりません（{url}）", "the store's address is not understood ({url})"),
        (
            "ファイルの場所か、「postgresql://利用者@サーバー/データベース」の形で書いてください",
            "give a file's path, or postgresql://user@server/database",
        ),
    ),
    "newer": _final(
        (
            "この保存先は、より新しい版のプログラムで作られています（版 {found}）",
            "this store was made by a newer version of the program (version {found})",
        ),
        (
            "プログラムを新しくしてから開いてください。保存先には何も書いていません",
            "update the program and open it again; nothing in the store was touched",
        ),
    ),
}

_ASKED = {
    "no_site": _final(
        ("施設「{site}」は保存されていません", "there is no site {site} in the store"),
        ("施設の一覧から選ぶか、先に施設を登録してください", "choose one of the list, or enter the site first"),
    ),
    "no_day": _final(
        ("その日の記録は保存されていません", "there is no such day in the store"),
        ("日の一覧から選び直してください", "choose one from the list of days"),
    ),
    "day_removed": _final(
        ("この日の記録は{who}さんが削除しました", "this day was removed by {who}"),
        (
            "「保存した記録」から元に戻すと、続きを保存できます",
            "restore it under the stored records; then your entries can be saved",
        ),
    ),
    "no_clash": _final(
        ("その食い違いは、もう解決されています", "this clash has been settled already"),
        ("画面を読み直してください", "reload the page"),
    ),
    "not_both": _final(
        ("この項目は両方を残すことができません", "both cannot stand here"),
        ("どちらか一方を選んでください", "choose one of the two"),
    ),
    "no_override": _final(
        ("その判断は保存されていません", "there is no such judgement in the store"),
        ("画面を読み直してください", "reload the page"),
    ),
    "no_draft": _final(
        ("「{name}」という仕事の案は保存されていません", "there is no shaped job called {name}"),
        ("一覧から選び直してください", "choose one from the list"),
    ),
    "changed_since": _final(
        ("{who}さんが先に書き換えました", "{who} has changed this since you opened it"),
        (
            "いまの内容を読み直し、必要な変更をもう一度加えてください",
            "reload it, look at what stands now, and make your change again",
        ),
    ),
    "id_used": _final(
        ("同じ番号の変更が、ほかの日に保存されています", "an edit of the same id was saved for something else"),
        ("画面を読み直し、もう一度入力してください", "reload the page and enter it again"),
    ),
    "not_empty": _final(
        ("この保存先にはすでに記録があります", "this store holds records already"),
        ("復元には、新しい空の保存先を指定してください", "name a new, empty store to restore into"),
    ),
    "not_an_export": _final(
        ("書き出したファイルとして読めません（{reason}）", "this cannot be read as an export ({reason})"),
        (
            "「すべて書き出す」で作ったファイルを、開いたり直したりせずに指定してください",
            "give the file as the export made it, not opened or changed by another program",
        ),
    ),
    "export_place": _final(
        ("書き出し先に書き込めません（{reason}）", "the export cannot be written there ({reason})"),
        ("空のフォルダを指定してください", "name an empty folder"),
    ),
    "invalid": _final(
        ("{place}: {cause}", "{place}: {cause}"),
        ("{remedy}", "{remedy}"),
    ),
}

MESSAGES: Mapping[str, Message] = MappingProxyType(_DATABASE | _ASKED)
