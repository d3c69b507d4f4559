import { z } from 'zod'

/** Pieces of inputs that several requests share. */

/** A path, or a handle that the shell gave out for one (RequestContext.resolveFile). */
export const file = z.string().min(1).max(4096)
export const hertz = z.number().positive().max(1e9)
export const rpm = z.number().positive().max(1e7)
export const jobId = z.string().min(1).max(100)
export const modelId = z.string().min(1).max(200)

/** Index (from 0) or name of a channel. */
export const channel = z.union([z.int().nonnegative(), z.string().min(1)])

export const readOptions = z.strictObject({
  sampleRateHz: hertz.optional(),
  unit: z.string().min(1).max(40).optional(),
  shaftSpeedRpm: rpm.optional(),
  variables: z.array(z.string().min(1)).min(1).optional(),
  text: z
    .strictObject({
      delimiter: z.string().min(1).max(4).optional(),
      decimal: z.enum(['.', ',']).optional(),
      encoding: z.string().min(1).max(40).optional(),
      headerLines: z.int().nonnegative().max(100_000).optional(),
      timeColumn: z.union([z.int().nonnegative(), z.string().min(1)]).optional(),
    })
    .optional(),
})
