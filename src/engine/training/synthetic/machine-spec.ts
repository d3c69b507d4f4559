/** Frequencies of a bearing in multiples of the shaft speed (orders). */
export interface BearingOrders {
  readonly bpfo: number
  readonly bpfi: number
  readonly bsf: number
  readonly ftf: number
}

export const faultKinds = ['outer', 'inner', 'ball', 'cage'] as const
export type FaultKind = (typeof faultKinds)[number]

/** One mode of the structure between a source and the sensor. */
export interface Resonance {
  readonly frequencyHz: number
  /** share of critical damping; the band is about 2·ratio·frequency wide */
  readonly dampingRatio: number
  readonly gain: number
}

export interface GearMesh {
  /** teeth of the gear on the shaft */
  readonly toothCount: number
  readonly amplitude: number
  /** depth of the amplitude modulation at shaft speed: it makes the sidebands */
  readonly modulationDepth: number
  readonly harmonicCount: number
}

export interface Knocks {
  readonly perSecond: number
  /** RMS of the knocks' heights over the RMS of the background without them */
  readonly height: number
}

/** Growth of a fault: nothing before startSeconds, full from endSeconds on, straight in between. */
export interface FaultGrowth {
  readonly startSeconds: number
  readonly endSeconds: number
}

export interface BearingFault {
  readonly kind: FaultKind
  /** power of the fully grown fault's signal over that of all the rest, whole band, in dB */
  readonly snrDb: number
  /** standard deviation of the interval between impacts, as a share of it (slip of the rolling elements) */
  readonly slip: number
  /** 0…1: how much the load zone (inner, ball, cage) or the unbalance (outer) modulates the impacts */
  readonly modulationDepth: number
  /** standard deviation of the impacts' heights as a share of them */
  readonly heightSpread: number
  readonly resonances: readonly Resonance[]
  readonly growth: FaultGrowth | undefined
}

/** Everything that a made recording depends on, besides the seed. Amplitudes are in the recording's unit. */
export interface MachineSpec {
  readonly sampleRateHz: number
  readonly sampleCount: number
  readonly shaftHz: number
  /** peak share by which the speed wanders slowly; 0 = constant */
  readonly speedWander: number
  /** speed at the end over speed at the start; 1 = no run-up */
  readonly speedRatio: number
  readonly shaftAmplitudes: readonly number[] // of the 1st, 2nd … harmonic
  readonly gears: readonly GearMesh[]
  readonly noiseRms: number
  /** power of the noise falls as 1/f^colour; 0 = white */
  readonly noiseColour: number
  /** share of the noise that reaches the sensor through the structure's modes */
  readonly noiseThroughStructure: number
  readonly structure: readonly Resonance[]
  readonly knocks: Knocks
  readonly orders: BearingOrders
  readonly fault: BearingFault | undefined
}

/** What is known because it was made. */
export interface MachineTruth {
  /** samples at which an impact begins, rising */
  readonly impactSamples: readonly number[]
  /** the band of the strongest of the fault's resonances */
  readonly bandHz: { readonly low: number; readonly high: number } | undefined
  readonly faultKind: FaultKind | undefined
  readonly shaftHz: number
  readonly snrDb: number | undefined
  /** at the mean speed, in Hz */
  readonly lines: Readonly<Record<keyof BearingOrders, number>>
}

export interface SyntheticRecording {
  readonly samples: Float32Array
  readonly sampleRateHz: number
  readonly truth: MachineTruth
}
