import { z } from 'zod'

/**
 * Zones of vibration velocity in the manner of ISO 20816-3. The table is data that the user may edit; it says itself
 * where its limits come from. Machine group and foundation are asked for, never assumed.
 */

const words = z.string().trim().min(1).max(400)
const inBothLanguages = z.strictObject({ en: words, 'zh-CN': words })

export const foundations = ['rigid', 'flexible'] as const
export type Foundation = (typeof foundations)[number]

const limitsSchema = z
  .strictObject({
    /** mm/s RMS: the upper ends of zones A, B and C; above C is D. */
    a: z.number().positive().max(1000),
    b: z.number().positive().max(1000),
    c: z.number().positive().max(1000),
  })
  .refine(({ a, b, c }) => a < b && b < c, { message: 'the limits of zones A, B and C must rise' })

export const severityTableSchema = z.strictObject({
  schema: z.literal('vibralens.severity/1'),
  /** Where the limits come from. */
  source: inBothLanguages,
  bandHz: z.tuple([z.number().positive(), z.number().positive()]).refine(([low, high]) => low < high, {
    message: 'the band must rise',
  }),
  groups: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,40}$/),
        name: inBothLanguages,
        limits: z.strictObject({ rigid: limitsSchema, flexible: limitsSchema }),
      }),
    )
    .min(1)
    .max(50)
    .refine((groups) => new Set(groups.map(({ id }) => id)).size === groups.length, { message: 'an id stands twice' }),
})

export type SeverityTable = z.infer<typeof severityTableSchema>
export type SeverityLimits = z.infer<typeof limitsSchema>
export type SeverityZone = 'A' | 'B' | 'C' | 'D'

export interface SeverityTableReply {
  readonly table: SeverityTable
  /** Changed by the user; else as shipped. */
  readonly isUserOwn: boolean
}

export interface SeverityView {
  readonly channel: string
  readonly velocityRmsMmS: number
  readonly zone: SeverityZone
  readonly groupId: string
  readonly foundation: Foundation
  readonly limits: SeverityLimits
  readonly bandHz: readonly [number, number]
  readonly source: SeverityTable['source']
  readonly isUserOwn: boolean
  /** The shaft turns slower than 600 rpm: the standard then looks from 2 Hz on, this value does not. */
  readonly isSlowMachine: boolean
}
