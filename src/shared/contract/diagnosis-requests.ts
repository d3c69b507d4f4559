import { z } from 'zod'
import type { DiagnosisView, EvidenceSpectrumView } from '../diagnosis/witness-views'
import { locales } from '../locales/translate'
import { channel, file, hertz, readOptions } from './inputs'

const declare = <Output>() => z.custom<Output>()
const evidenceId = z.string().min(1).max(100)
const bandHz = z.tuple([z.number().nonnegative().max(1e9), hertz])
const thresholdLogit = z.number().min(-1e6).max(1e6).optional()

/** The second witness, the beat of the evidence, and what the evidence is made of. */
export const diagnosisRequests = {
  /** One channel of a file, or of a recording that is open in the app. */
  'diagnosis.get': {
    input: z.strictObject({
      file: file.optional(),
      read: readOptions.optional(),
      recordingId: z.string().min(1).max(100).optional(),
      channel,
      /** Of this channel; absent = the envelope alone is asked. */
      evidenceId: evidenceId.optional(),
      /** Absent = as the recording says. The engine says in a sentence what is wrong with absurd ones. */
      shaftSpeedRpm: z.number().optional(),
      /** Id, designation or geometry (n=9,d=7.94,D=39.04,angle=0); absent = unknown. */
      bearing: z.string().min(1).max(300).optional(),
      /** By hand; absent = octaves, the whole band, and the kurtogram's best. */
      bandHz: bandHz.optional(),
      locale: z.enum(locales),
    }),
    output: declare<DiagnosisView>(),
  },
  'evidence.spectrum': {
    input: z.strictObject({
      evidenceId,
      /** Mean evidence from which a stretch is high; absent = the quarter that pushes most to fault. */
      thresholdLogit,
      envelopeBandHz: bandHz,
    }),
    output: declare<EvidenceSpectrumView>(),
  },
  /** WAV bytes of the stretches of high evidence. */
  'evidence.sound': {
    input: z.strictObject({
      evidenceId,
      thresholdLogit,
      slowdown: z.union([z.literal(1), z.literal(2), z.literal(4)]),
      /** The envelope of this band instead of the vibration. */
      envelopeBandHz: bandHz.optional(),
    }),
    output: declare<Uint8Array>(),
  },
} as const
