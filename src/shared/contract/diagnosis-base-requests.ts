import { z } from 'zod'
import type { SeverityTableReply, SeverityView } from '../diagnosis/severity'
import { foundations, severityTableSchema } from '../diagnosis/severity'
import type {
  BaselineComparison,
  BearingLinesView,
  BearingList,
  EnvelopeView,
  KurtogramView,
  MachineLine,
  OrderSpectrumView,
  SpeedEstimateView,
  TachoView,
} from '../diagnosis/views'
import { envelopePreparations, indicatorNames } from '../diagnosis/views'
import { locales } from '../locales/translate'
import { channel, file, hertz, readOptions } from './inputs'

const declare = <Output>() => z.custom<Output>()
const words = z.string().trim().min(1).max(300)
/** Any number: the engine says in a sentence what is wrong with 0, negative or absurd ones. */
const shaftSpeedRpm = z.number()

const geometry = z.union([
  z.strictObject({
    rollingElementCount: z.number(),
    ballDiameterMm: z.number(),
    pitchDiameterMm: z.number(),
    contactAngleDegrees: z.number(),
  }),
  z.strictObject({ rollingElementCount: z.number() }),
])

/** One channel of a file (with what the user says beside it), or of a recording that is open in the app. */
const source = z.strictObject({
  file: file.optional(),
  read: readOptions.optional(),
  recordingId: z.string().min(1).max(100).optional(),
  channel,
})

/** `range`: the part of it that is looked at; absent = as much as the request takes, from the start. */
const signal = source.extend({
  range: z
    .strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })
    .refine(({ start, end }) => start < end, { message: 'a range ends after it starts' })
    .optional(),
})

/** Low edges of 0 are allowed: the kurtogram names such bands. */
const bandHz = z.tuple([z.number().nonnegative().max(1e9), hertz])

/** `harmonics` of a line above half the rate are marked; where even the lowest race line is, there is a sentence. */
const bearingLines = z.strictObject({
  /** Id, designation, or geometry as text: n=9,d=7.94,D=39.04,angle=0. */
  bearing: z.string().min(1).max(300),
  shaftSpeedRpm,
  /** Which ring turns with the shaft; absent = the inner one. */
  ring: z.enum(['inner', 'outer']).optional(),
  harmonicCount: z.int().min(1).max(50),
  sampleRateHz: hertz.optional(),
})

const machineLines = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gears'),
    toothCount: z.number(),
    otherToothCount: z.number(),
    shaftSpeedRpm,
  }),
  z.strictObject({ kind: z.literal('blades'), bladeCount: z.number(), shaftSpeedRpm }),
  z.strictObject({
    kind: z.literal('belt'),
    pulleyDiameterMm: z.number(),
    otherPulleyDiameterMm: z.number(),
    beltLengthMm: z.number(),
    shaftSpeedRpm,
  }),
])

const alarmMethod = z.strictObject({
  kind: z.enum(['fixed', 'sigma', 'percentile']),
  warning: z.number(),
  danger: z.number(),
})

/** Diagnosis by the physics of the machine, as far as it needs no model and no hypothesis. */
export const diagnosisBaseRequests = {
  'bearing.list': { input: z.strictObject({}), output: declare<BearingList>() },
  /** A designation of a maker that is there is replaced. */
  'bearing.add': {
    input: z.strictObject({ designation: words, maker: words, source: words, geometry }),
    output: declare<BearingList>(),
  },
  /** The text of a table (docs/diagnosis.md); all rows or none. */
  'bearing.import': { input: z.strictObject({ csv: z.string().max(20_000_000) }), output: declare<BearingList>() },
  /** The user's own only. */
  'bearing.remove': { input: z.strictObject({ id: words }), output: declare<BearingList>() },
  'bearing.lines': { input: bearingLines, output: declare<BearingLinesView>() },
  'machine.lines': { input: machineLines, output: declare<readonly MachineLine[]>() },
  'kurtogram.get': {
    input: signal.extend({
      /** The best band is at least so wide; envelopes hold rates up to it. */
      leastBandwidthHz: hertz,
    }),
    output: declare<KurtogramView>(),
  },
  /** The same as a picture: PNG bytes. */
  'kurtogram.picture': {
    input: signal.extend({ leastBandwidthHz: hertz, locale: z.enum(locales) }),
    output: declare<Uint8Array>(),
  },
  'envelope.get': {
    input: signal.extend({
      band: z.union([
        z.strictObject({ kind: z.literal('given'), bandHz }),
        z.strictObject({ kind: z.literal('kurtogram'), leastBandwidthHz: hertz }),
        /** Where the map of a 2D model, taken of this channel, is hot over the range. */
        z.strictObject({
          kind: z.literal('map'),
          evidenceId: z.string().min(1).max(100),
          leastBandwidthHz: hertz,
        }),
      ]),
      preparation: z.enum(envelopePreparations),
      /** Length of the averaged frames; absent = one over the whole range. */
      frameSeconds: z.number().positive().max(3600).optional(),
      /** The spectrum is given up to here. */
      highestHz: hertz,
    }),
    output: declare<EnvelopeView>(),
  },
  'speed.estimate': {
    input: signal.extend({ slowestRpm: shaftSpeedRpm, fastestRpm: shaftSpeedRpm }),
    output: declare<SpeedEstimateView>(),
  },
  'speed.tacho': { input: signal.extend({ pulsesPerRevolution: z.number() }), output: declare<TachoView>() },
  /** Spectrum over orders by a tacho channel of the same file, or at a constant speed. */
  'order.get': {
    input: signal.extend({
      speed: z.union([
        z.strictObject({ kind: z.literal('tacho'), channel, pulsesPerRevolution: z.number() }),
        z.strictObject({ kind: z.literal('constant'), shaftSpeedRpm }),
      ]),
      turnsPerFrame: z.number().min(2).max(100_000),
      /** Of the squared envelope of this band, in Hz at the mean speed; absent = of the signal. */
      envelopeBandHz: bandHz.optional(),
    }),
    output: declare<OrderSpectrumView>(),
  },
  'severity.table': { input: z.strictObject({}), output: declare<SeverityTableReply>() },
  /** Absent = as shipped again. */
  'severity.setTable': {
    input: z.strictObject({ table: severityTableSchema.optional() }),
    output: declare<SeverityTableReply>(),
  },
  'severity.get': {
    input: source.extend({
      /** Both are asked for: no machine is assumed. */
      groupId: z.string().min(1).max(40),
      foundation: z.enum(foundations),
    }),
    output: declare<SeverityView>(),
  },
  'baseline.compare': {
    input: signal.extend({
      /** Healthy recordings of the same machine and sensor; the channel of the same name, or the only one. */
      baseline: z.array(file).min(1).max(500),
      /** What the user says beside them; absent = as `read`. */
      baselineRead: readOptions.optional(),
      stretchSeconds: z.number().positive().max(3600),
      limits: z.partialRecord(z.enum(indicatorNames), alarmMethod),
    }),
    output: declare<BaselineComparison>(),
  },
} as const
