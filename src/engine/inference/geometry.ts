import { z } from 'zod'
import { AnalyzerError } from '../../shared/errors'
import type { CardSpectrogram } from '../../shared/model-card'

/**
 * What a network does to positions, read from its topology alone (no tensors): output step j sees the input steps
 * [j · totalStride, j · totalStride + receptiveField), whatever the length of the input.
 */
export interface NetworkGeometry {
  readonly kind: '1d' | '2d'
  /** values per input step (1D: samples) or per bin of a frame (2D) */
  readonly inputCount: number
  /** 1 for 1D */
  readonly inputBins: number
  /** input steps: samples (1D) or frames (2D) */
  readonly receptiveField: number
  /** input steps */
  readonly totalStride: number
  /** rows of the map; row r sees the input bins [r · binStride, r · binStride + binField). 1 for 1D. */
  readonly outputBins: number
  readonly binStride: number
  readonly binField: number
  /** K, the feature maps */
  readonly featureCount: number
}

/** Output steps of an input of that many steps; 0 where it is shorter than the receptive field. */
export function stepCountOf(geometry: NetworkGeometry, inputLength: number): number {
  return Math.max(0, Math.floor((inputLength - geometry.receptiveField) / geometry.totalStride) + 1)
}

/** Receptive field and total stride in samples at the model's rate, whatever the network's input steps are. */
export function fieldInSamples(
  geometry: Pick<NetworkGeometry, 'receptiveField' | 'totalStride'>,
  spectrogram: CardSpectrogram | null,
): { readonly receptiveFieldSamples: number; readonly totalStrideSamples: number } {
  const hop = spectrogram?.hopLength ?? 1
  const frame = (spectrogram?.frameLength ?? 1) + (spectrogram?.highPass?.tapCount ?? 1) - 1
  return {
    receptiveFieldSamples: (geometry.receptiveField - 1) * hop + frame,
    totalStrideSamples: geometry.totalStride * hop,
  }
}

/** Input steps needed for that many output steps (≥ 1). */
export function inputLengthOf(geometry: NetworkGeometry, stepCount: number): number {
  return (stepCount - 1) * geometry.totalStride + geometry.receptiveField
}

const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.looseObject({ name: z.string().optional() }),
  inbound_nodes: z.array(z.array(z.tuple([z.string()], z.unknown()))),
})
const topologySchema = z.object({
  class_name: z.enum(['Model', 'Functional']),
  config: z.object({
    layers: z.array(layerSchema).min(1).max(500),
    input_layers: z.array(z.tuple([z.string()], z.unknown())).length(1),
    output_layers: z.array(z.tuple([z.string()], z.unknown())).length(1),
  }),
})
type LayerConfig = z.infer<typeof layerSchema>

/** Along one axis: output j sees inputs [j·stride + offset, j·stride + offset + extent). */
interface Axis {
  readonly stride: number
  readonly offset: number
  readonly extent: number
}

interface Flow {
  readonly time: Axis
  /** input steps that give one output step: the length of the flow is ⌊(length − lengthField) / stride⌋ + 1 */
  readonly lengthField: number
  readonly bins: Axis
  readonly binCount: number
  readonly channels: number
  /** place of the features in a tensor's shape */
  readonly featureAxis: number
}

/** Layers that act on each value alone (when a network is used, not trained). */
const pointwise = new Set([
  'Activation',
  'ReLU',
  'LeakyReLU',
  'ELU',
  'ThresholdedReLU',
  'BatchNormalization',
  'Dropout',
  'SpatialDropout1D',
  'GaussianNoise',
  'PointwisePower',
])
const windows = new Set([
  'Conv1D',
  'Conv2D',
  'DepthwiseConv2D',
  'AveragePooling1D',
  'AveragePooling2D',
  'MaxPooling1D',
  'MaxPooling2D',
])

/**
 * @throws AnalyzerError model-mismatch when a layer pads along time, pools with overlap, is not known to keep one pass
 *   equal to single segments, or when the head is not global average pooling and one linear dense layer after `camLayer`
 */
export function readGeometry(topology: unknown, camLayer: string): NetworkGeometry {
  const parsed = topologySchema.safeParse(topology)
  if (!parsed.success) refuse('is not a functional tfjs-layers model with one input and one output')
  const { layers, input_layers: inputs, output_layers: outputs } = parsed.data.config
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]))
  checkHead(byName, outputs[0][0], camLayer)
  const input = findLayer(byName, inputs[0][0])
  const flows = new Map<string, Flow>()
  const follow = (name: string, depth: number): Flow => {
    if (depth > layers.length) refuse(`has a loop at layer "${name}"`)
    const known = flows.get(name)
    if (known) return known
    const layer = findLayer(byName, name)
    const flow = flowThrough(
      layer,
      sourcesOf(layer).map((source) => follow(source, depth + 1)),
    )
    flows.set(name, flow)
    return flow
  }
  return geometryOf(follow(nameOf(input), 0), follow(camLayer, 0))
}

function geometryOf(input: Flow, map: Flow): NetworkGeometry {
  const { time, bins, binCount, channels, lengthField } = map
  if (time.offset + time.extent > lengthField) refuse('crops a branch beyond the end of its reference')
  return {
    kind: map.featureAxis === 2 ? '1d' : '2d',
    inputCount: input.channels,
    inputBins: input.binCount,
    receptiveField: lengthField,
    totalStride: time.stride,
    outputBins: binCount,
    binStride: bins.stride,
    binField: bins.offset + bins.extent,
    featureCount: channels,
  }
}

function checkHead(byName: ReadonlyMap<string, LayerConfig>, outputName: string, camLayer: string): void {
  const dense = findLayer(byName, outputName)
  const { units, activation, use_bias: useBias } = dense.config
  if (dense.class_name !== 'Dense' || units !== 2 || activation !== 'linear' || useBias === false) {
    refuse(`ends in layer "${outputName}"; a dense layer with two linear outputs and a bias was expected`)
  }
  const pooling = findLayer(byName, sourcesOf(dense)[0])
  if (!/^GlobalAveragePooling[12]D$/.test(pooling.class_name)) {
    refuse(`has "${pooling.class_name}" before its dense layer; global average pooling was expected`)
  }
  const last = sourcesOf(pooling)[0]
  if (last !== camLayer) refuse(`pools layer "${last}"; its card names "${camLayer}" as the layer of the map`)
}

function flowThrough(layer: LayerConfig, sources: readonly Flow[]): Flow {
  const name = nameOf(layer)
  if (layer.class_name === 'InputLayer') return inputFlow(layer)
  if (sources.length === 0) refuse(`has layer "${name}" without an input`)
  const [first] = sources
  if (pointwise.has(layer.class_name)) {
    checkFeatureAxis(layer, first)
    return first
  }
  if (windows.has(layer.class_name)) return windowFlow(layer, first)
  if (layer.class_name === 'CropToMatch') return cropFlow(layer, sources)
  if (layer.class_name === 'SpreadBins') return spreadFlow(layer, sources)
  if (layer.class_name === 'Concatenate') {
    checkFeatureAxis(layer, first)
    return merge(
      name,
      sources,
      sources.reduce((sum, source) => sum + source.channels, 0),
    )
  }
  if (layer.class_name === 'Add' || layer.class_name === 'Multiply') return merge(name, sources, first.channels)
  return refuse(`has layer "${name}" of type ${layer.class_name}, which one pass over a recording does not support`)
}

function inputFlow(layer: LayerConfig): Flow {
  const shape = shapeOf(layer)
  const [, steps, binsOrValues, values] = shape
  if (steps !== null) refuse(`has a fixed input length of ${String(steps)} steps; null (any length) was expected`)
  const axis = { stride: 1, offset: 0, extent: 1 }
  const channels = shape.length === 3 ? binsOrValues : values
  const binCount = shape.length === 3 ? 1 : binsOrValues
  if (!isCount(channels) || !isCount(binCount)) refuse(`has an input of unknown width [${shape.join(', ')}]`)
  return { time: axis, bins: axis, lengthField: 1, binCount, channels, featureAxis: shape.length - 1 }
}

/** Batch normalisation and concatenation must work along the features, not along time or bins. */
function checkFeatureAxis(layer: LayerConfig, source: Flow): void {
  const { axis } = layer.config
  if (axis === undefined || axis === null || axis === -1 || axis === source.featureAxis) return
  refuse(`works along axis ${JSON.stringify(axis)} in layer "${nameOf(layer)}"; the features were expected`)
}

function windowFlow(layer: LayerConfig, source: Flow): Flow {
  const { config } = layer
  const name = nameOf(layer)
  if (config.padding !== 'valid') {
    refuse(`pads layer "${name}" ('${String(config.padding)}'); 'valid' along time was expected`)
  }
  if (config.data_format === 'channelsFirst' || config.data_format === 'channels_first') {
    refuse(`has channels first in layer "${name}"; channels last was expected`)
  }
  const isPooling = layer.class_name.includes('Pooling')
  const sizes = numbersOf(config, isPooling ? 'pool_size' : 'kernel_size', name)
  const strides = numbersOf(config, 'strides', name)
  const dilations = isPooling || config.dilation_rate === undefined ? [1, 1] : numbersOf(config, 'dilation_rate', name)
  if (isPooling && sizes.some((size, axis) => size !== strides[axis])) {
    refuse(`pools layer "${name}" with size [${sizes.join()}] and stride [${strides.join()}]; equal ones were expected`)
  }
  const time = slide(source.time, sizes[0], strides[0], dilations[0])
  const lengthField = source.lengthField + time.extent - source.time.extent
  const along = { ...source, time, lengthField, channels: channelsAfter(layer, source) }
  if (sizes.length === 1) return along
  const reach = (sizes[1] - 1) * (dilations[1] ?? dilations[0]) + 1
  const binCount = Math.floor((source.binCount - reach) / strides[1]) + 1
  if (binCount < 1) refuse(`has no bins left after layer "${name}"`)
  const bins = slide(source.bins, sizes[1], strides[1], dilations[1] ?? dilations[0])
  return { ...along, bins, binCount }
}

function slide(axis: Axis, size: number, stride: number, dilation: number): Axis {
  return {
    stride: axis.stride * stride,
    offset: axis.offset,
    extent: axis.extent + (size - 1) * dilation * axis.stride,
  }
}

function channelsAfter(layer: LayerConfig, source: Flow): number {
  const { filters, depth_multiplier: multiplier } = layer.config
  if (isCount(filters)) return filters
  return layer.class_name === 'DepthwiseConv2D' && isCount(multiplier) ? source.channels * multiplier : source.channels
}

function cropFlow(layer: LayerConfig, sources: readonly Flow[]): Flow {
  const { start_steps: startSteps, start_bins: startBins } = layer.config
  if (sources.length !== 2 || typeof startSteps !== 'number' || typeof startBins !== 'number') {
    refuse(`has a CropToMatch layer "${nameOf(layer)}" without two inputs and its starts`)
  }
  const [long, reference] = sources
  const time = { ...long.time, offset: long.time.offset + startSteps * long.time.stride }
  const bins = { ...long.bins, offset: long.bins.offset + startBins * long.bins.stride }
  if (startBins + reference.binCount > long.binCount) refuse(`crops bins that layer "${nameOf(layer)}" does not have`)
  const { binCount, lengthField } = reference // the reference decides how many steps and bins there are
  return { ...long, time, bins, binCount, lengthField }
}

/** One bin that sees the whole frame stands at each of the reference's rows: a row then sees what both of them see. */
function spreadFlow(layer: LayerConfig, sources: readonly Flow[]): Flow {
  if (sources.length !== 2 || sources[0].binCount !== 1) {
    refuse(`has a SpreadBins layer "${nameOf(layer)}" whose first of two inputs is not one bin high`)
  }
  const [narrow, { bins, binCount }] = sources
  return { ...narrow, bins, binCount }
}

function merge(name: string, sources: readonly Flow[], channels: number): Flow {
  const [first] = sources
  for (const other of sources) {
    const isAligned = other.time.stride === first.time.stride && other.bins.stride === first.bins.stride
    if (!isAligned) refuse(`joins branches of different strides in layer "${name}"`)
    if (other.binCount !== first.binCount || other.lengthField !== first.lengthField) {
      refuse(`joins branches of different lengths in layer "${name}"; CropToMatch was expected before it`)
    }
  }
  const time = union(sources.map((source) => source.time))
  const bins = union(sources.map((source) => source.bins))
  return { ...first, time, bins, channels }
}

function union(axes: readonly Axis[]): Axis {
  const offset = Math.min(...axes.map((axis) => axis.offset))
  const end = Math.max(...axes.map((axis) => axis.offset + axis.extent))
  return { stride: axes[0].stride, offset, extent: end - offset }
}

function nameOf(layer: LayerConfig): string {
  return layer.name ?? layer.config.name ?? ''
}

function findLayer(byName: ReadonlyMap<string, LayerConfig>, name: string): LayerConfig {
  return byName.get(name) ?? refuse(`has no layer "${name}"`)
}

function sourcesOf(layer: LayerConfig): string[] {
  if (layer.inbound_nodes.length > 1) refuse(`uses layer "${nameOf(layer)}" more than once`)
  return (layer.inbound_nodes[0] ?? []).map(([name]) => name)
}

function shapeOf(layer: LayerConfig): readonly unknown[] {
  const shape = layer.config.batch_input_shape
  if (Array.isArray(shape) && (shape.length === 3 || shape.length === 4)) return shape
  return refuse(
    `has an input of shape ${JSON.stringify(shape)}; [null, steps, values] or [null, frames, bins, values] was expected`,
  )
}

function numbersOf(config: Readonly<Record<string, unknown>>, key: string, layerName: string): number[] {
  const value = config[key]
  const list = Array.isArray(value) ? value : [value]
  if (list.every(isCount)) return list
  return refuse(`has ${key} ${JSON.stringify(value)} in layer "${layerName}"; whole numbers ≥ 1 were expected`)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1
}

function refuse(what: string): never {
  throw new AnalyzerError('model-mismatch', `The network ${what}.`)
}
