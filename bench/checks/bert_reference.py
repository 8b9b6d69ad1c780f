"""Writes small BERT and DistilBERT checkpoints with random weights, as Hugging Face's library saves
them, each with outputs of that library in float64, for BertFilesTest:

    python bench/checks/bert_reference.py nlp/src/test/resources/limbeck/nlp/model

Needs torch, transformers and safetensors; the files in the repository are of torch 2.14.1 and
transformers 5.18.0. All weights are drawn anew with deviation 0.4, norms and biases too, so that
each of them shows in the outputs.
"""

import pathlib
import sys

import torch
import transformers as hf
from safetensors.torch import save_file

SIZES = dict(vocab_size=40, max_position_embeddings=12, pad_token_id=0)
BERT = hf.BertConfig(
    hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12, num_labels=3, **SIZES
)
TANH = hf.BertConfig(
    hidden_size=8,
    num_hidden_layers=1,
    num_attention_heads=4,
    intermediate_size=12,
    hidden_act="gelu_new",
    layer_norm_eps=1e-5,
    **SIZES,
)
DISTILBERT = hf.DistilBertConfig(dim=8, n_layers=2, n_heads=2, hidden_dim=12, num_labels=3, **SIZES)
MODELS = {
    "bert-classifier": hf.BertForSequenceClassification(BERT),
    "bert-tagger": hf.BertForTokenClassification(BERT),
    "bert-masked": hf.BertForMaskedLM(TANH),
    "bert-encoder": hf.BertModel(BERT),
    "distilbert-classifier": hf.DistilBertForSequenceClassification(DISTILBERT),
    "distilbert-masked": hf.DistilBertForMaskedLM(DISTILBERT),
}
LENGTHS = torch.tensor([7, 4, 1])


def inputs(generator):
    ids = torch.randint(1, 40, (3, 7), generator=generator)
    segments = torch.zeros(3, 7, dtype=torch.long)
    segments[0, 3:] = 1
    segments[1, 2:4] = 1
    mask = torch.arange(7)[None, :] < LENGTHS[:, None]
    return ids * mask, segments, mask.long()


def main(folder):
    generator = torch.Generator().manual_seed(7)
    for name, model in MODELS.items():
        target = pathlib.Path(folder, name)
        with torch.no_grad():
            for p in model.parameters():
                p.copy_(torch.randn(p.shape, generator=generator) * 0.4)
        model.eval()
        model.save_pretrained(target)
        (target / "generation_config.json").unlink(missing_ok=True)
        ids, segments, mask = inputs(generator)
        arguments = dict(input_ids=ids, attention_mask=mask)
        if not name.startswith("distil"):
            arguments["token_type_ids"] = segments
        with torch.no_grad():
            out = model.double()(**arguments)
        reference = dict(
            ids=ids.int(),
            segments=segments.int(),
            lengths=LENGTHS.int(),
            output=(out.logits if hasattr(out, "logits") else out.last_hidden_state).contiguous(),
        )
        save_file(reference, target / "reference.safetensors")


main(sys.argv[1])
