"""A network of ours (model.json + weights.bin) in PyTorch, one thread: one pass over a recording, and every segment alone.

Usage: one_pass_torch.py MODEL_FOLDER SAMPLES.f32 SEGMENT STRIDE SPECTROGRAM RATE   (lengths in samples;
spectrogram settings of the card as JSON, null for 1D; Hz). Prints JSON: {"onePassSeconds", "perSegmentSeconds", "logits": [of each segment]}.
"""
import json
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
folder, path, segment, stride = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
settings = json.loads(sys.argv[5])
model = json.loads((folder / "model.json").read_text())
layers = {layer["name"]: layer for layer in model["modelTopology"]["config"]["layers"]}
output = model["modelTopology"]["config"]["output_layers"][0][0]


def read_weights():
    values, tensors = numpy.fromfile(folder / "weights.bin", numpy.float32), {}
    for spec in model["weightsManifest"][0]["weights"]:
        size = int(numpy.prod(spec["shape"]))
        tensors[spec["name"]], values = torch.from_numpy(values[:size].reshape(spec["shape"]).copy()), values[size:]
    return tensors


weights = read_weights()
filters = {  # torch wants [out, in, …]
    name: tensor.permute(tensor.dim() - 1, tensor.dim() - 2, *range(tensor.dim() - 2)).contiguous()
    for name, tensor in weights.items()
    if tensor.dim() > 2
}


def power(x, config):
    x = x if config["scale"] == 1 else x * config["scale"]
    mode = config["mode"]
    if mode == "power":
        p = config["exponent"]
        return (x if p % 2 == 0 else x.abs()) ** p if p > 1 else x.abs()
    return {"square": torch.square, "abs": torch.abs, "log1p": torch.log1p, "exp": torch.exp}[mode](x)


def run_layer(layer, inputs):
    kind, config, name = layer["class_name"], layer["config"], layer["name"]
    x = inputs[0]
    if kind in ("Conv1D", "Conv2D"):
        conv = F.conv1d if kind == "Conv1D" else F.conv2d
        bias = weights.get(f"{name}/bias")
        return conv(x, filters[f"{name}/kernel"], bias, stride=tuple(config["strides"]))
    if kind.startswith("AveragePooling"):
        pool = F.avg_pool1d if kind.endswith("1D") else F.avg_pool2d
        return pool(x, tuple(config["pool_size"]))
    if kind == "PointwisePower":
        return power(x, config)
    if kind == "CropToMatch":
        starts = [config["start_steps"], config["start_bins"]]
        for axis, size in enumerate(inputs[1].shape[2:]):
            x = x.narrow(2 + axis, starts[axis], size)
        return x
    if kind == "SpreadBins":
        return x.expand(-1, -1, -1, inputs[1].shape[3])
    if kind == "Concatenate":
        return torch.cat(inputs, 1)
    if kind == "Multiply":
        return inputs[0] * inputs[1] if len(inputs) == 2 else torch.stack(inputs).prod(0)
    if kind.startswith("GlobalAveragePooling"):
        return x.flatten(2).mean(2)
    if kind == "Dense":
        return x @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]
    raise SystemExit(f"no {kind} here")


def evaluate(name, known):
    if name not in known:
        sources = [node[0] for node in layers[name]["inbound_nodes"][0]]
        known[name] = run_layer(layers[name], [evaluate(source, known) for source in sources])
    return known[name]


pooling = layers[output]["inbound_nodes"][0][0][0]
cam_layer = layers[pooling]["inbound_nodes"][0][0][0]
input_layer = model["modelTopology"]["config"]["input_layers"][0][0]


def high_pass(cutoffHz, tapCount):
    """Impulse minus Hamming-tapered ideal low-pass of sum 1, as src/engine/dsp/high-pass.ts."""
    at = torch.arange(tapCount, dtype=torch.float64) - (tapCount - 1) / 2
    low = torch.sinc(2 * cutoffHz / float(sys.argv[6]) * at) * torch.hamming_window(tapCount, False, dtype=torch.float64)
    return ((at == 0) * 1.0 - low / low.sum()).float()[None, None]


def network_input(x):
    """[1, 1, samples] -> as it is, or [1, 1, frames, bins] of ln(power + floor)."""
    if settings is None:
        return x
    if settings.get("highPass"):
        x = F.conv1d(x, high_pass(**settings["highPass"]))
    taper = torch.hann_window(settings["frameLength"])
    frames = x[0, 0].unfold(0, settings["frameLength"], settings["hopLength"]) * taper
    first, count = settings["firstBin"], settings["binCount"]
    spectrum = torch.fft.rfft(frames, settings["fftLength"])[:, first : first + count]
    bins = torch.arange(first, first + count)
    sides = torch.where((bins == 0) | (2 * bins == settings["fftLength"]), 1.0, 2.0)  # DC and Nyquist stand alone
    values = spectrum.abs().square() * (sides / taper.sum() ** 2)
    return torch.log(values + settings["floor"])[None, None]


def one_pass(x):
    features = evaluate(cam_layer, {input_layer: network_input(x)})
    return torch.einsum("bk...,kn->bn...", features, weights[f"{output}/kernel"])


def per_segment(x):
    logits = []
    for start in range(0, x.shape[2] - segment + 1, stride):
        scores = evaluate(output, {input_layer: network_input(x[:, :, start : start + segment])})
        logits.append(float(scores[0, 1] - scores[0, 0]))
    return logits


def best_of(work, x, repeats=2):
    seconds, result = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        result = work(x)
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


with torch.no_grad():
    signal = torch.from_numpy(numpy.fromfile(path, numpy.float32))[None, None]
    one_pass(signal[:, :, : segment * 4])
    whole, _ = best_of(one_pass, signal)
    single, logits = best_of(per_segment, signal)
    print(json.dumps({"onePassSeconds": whole, "perSegmentSeconds": single, "logits": logits}))
