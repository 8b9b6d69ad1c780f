"""Trains small tokenizers with Hugging Face's tokenizers, and writes each as tokenizer.json with what it
makes of awkward texts, for TokenizerFileTest:

    python bench/checks/tokenizer_reference.py nlp/src/test/resources/limbeck/nlp/text

Needs tokenizers; the files in the repository are of 0.23.2.
"""

import json
import pathlib
import sys

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LEARNT = [
    "The teacher knows more than its labels say, and the student listens.",
    "A student that listens learns faster than one that doesn't; they'll agree.",
    "Der Schüler lernt vom Lehrer. Größe zählt nicht immer!",
    "L'élève écoute le maître, déjà à 10 ans.",
    "Ученик слушает учителя. Ο μαθητής ακούει.",
    "学生听老师 生徒は先生に聞く 학생은 선생님의 말을 듣는다",
] * 3

AWKWARD = [
    "",
    " ",
    "\n\n  \t",
    "The TEACHER listens.",
    "they'll agree, doesn't it? 'S 'll",
    "naïve façade ÅNGSTRÖM ÉLÈVE İstanbul ẞ",
    "e\u0301le\u0300ve a\u0301\u0302b",
    "ΟΔΟΣ ΜΑΘΗΤΗΣ σας",
    "学生は、先生。학생 ㄱㄴ 뷁",
    "tabs\tand\nlines\r\nand  two   three    spaces ",
    "zero\u200bwidth\u200djoin\ufeffed so\u00adft",
    "nul\u0000bell\u0007delete\u007f next\u0085line",
    "emoji 😀👩‍👩‍👧‍👦 🇩🇪 ☃️",
    "private \ue000 unassigned \u0378 noncharacter \ufdd0",
    "replacement \ufffd character",
    "1234567890 ½ ² Ⅷ ٣ ३",
    "a_b-c/d\\e^f`g~h|i{j}k$l+m<n=o>p@q#r%s&t*u",
    "“quotes” ‚low‘ — dash – … ¿qué? «x»",
    "\u2028line\u2029para\u3000wide\u00a0nobreak\u2003em",
    "עברית العَرَبِيَّة हिन्दी ไทย",
    "A" * 100,
    "a" * 101,
    "ﬁ ligature ① circled ㎏",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐀𐐁 𠀀𠀁",
]


def bert(lowercase):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    t.train_from_iterator(LEARNT, trainers.WordPieceTrainer(vocab_size=400, special_tokens=special))
    t.decoder = decoders.WordPiece()
    t.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return t


def byte_level(prefix):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, initial_alphabet=alphabet, special_tokens=["<s>", "<pad>", "</s>"]
    )
    t.train_from_iterator(LEARNT, trainer)
    t.decoder = decoders.ByteLevel()
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=prefix)
    return t


def main(folder):
    kinds = dict(uncased=bert(True), cased=bert(False), bytes=byte_level(False), prefixed=byte_level(True))
    for name, tokenizer in kinds.items():
        target = pathlib.Path(folder, name)
        target.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(target / "tokenizer.json"))
        expected = []
        for text in AWKWARD:
            pair = tokenizer.encode(text, "the student")
            expected.append(
                dict(
                    text=text,
                    ids=tokenizer.encode(text, add_special_tokens=False).ids,
                    framed=tokenizer.encode(text).ids,
                    pair=pair.ids,
                    segments=pair.type_ids,
                )
            )
        (target / "expected.json").write_text(json.dumps(expected, ensure_ascii=True, indent=0) + "\n")


main(sys.argv[1])
