import { z } from 'zod'
import { mapSides } from './tracks'

/** How the timeline is set up: plain data, so that a project can keep it. */

export const timelineTracks = ['waveform', 'probability', 'evidence', 'spectrogram', 'annotations'] as const
export type TimelineTrackId = (typeof timelineTracks)[number]

export const fftLengths = [128, 256, 512, 1024, 2048, 4096] as const

const decibels = z.number().min(-400).max(400)

export const timelineLayoutSchema = z.strictObject({
  /** Every track once, from the top. `weight`: share of the height. */
  tracks: z
    .array(
      z.strictObject({ id: z.enum(timelineTracks), weight: z.number().positive().max(1000), isShown: z.boolean() }),
    )
    .refine((tracks) => new Set(tracks.map(({ id }) => id)).size === timelineTracks.length, 'every track once'),
  channels: z.enum(['chosen', 'stacked']),
  /** What the amplitude axis spans: the recording's extremes, or those in view. */
  amplitude: z.enum(['recording', 'view']),
  frequencyAxis: z.enum(['linear', 'log']),
  fftLength: z.literal(fftLengths),
  /** null = of the recording itself */
  levelRangeDb: z
    .tuple([decibels, decibels])
    .refine(([low, high]) => low < high, 'low below high')
    .nullable(),
  isMapShown: z.boolean(),
  mapSide: z.enum(mapSides),
  mapOpacity: z.number().min(0).max(1),
})
export type TimelineLayout = z.infer<typeof timelineLayoutSchema>
export type TrackPlace = TimelineLayout['tracks'][number]

export const firstTimelineLayout: TimelineLayout = {
  tracks: [
    { id: 'waveform', weight: 3, isShown: true },
    { id: 'probability', weight: 2, isShown: true },
    { id: 'evidence', weight: 1.2, isShown: true },
    { id: 'spectrogram', weight: 5, isShown: true },
    { id: 'annotations', weight: 0.9, isShown: true },
  ],
  channels: 'chosen',
  amplitude: 'recording',
  frequencyAxis: 'linear',
  fftLength: 512,
  levelRangeDb: null,
  isMapShown: true,
  mapSide: 'difference',
  mapOpacity: 0.8,
}
