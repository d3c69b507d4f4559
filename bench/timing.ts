import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The least of several runs. CPU seconds tell the cost where other programs share the processors. */
export interface Timing {
  readonly seconds: number
  readonly cpuSeconds: number
}

export function timeBestOf(repeatCount: number, work: () => unknown): Timing {
  let [seconds, cpuSeconds] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i < repeatCount; i++) {
    const cpu = process.cpuUsage()
    const started = performance.now()
    work()
    seconds = Math.min(seconds, (performance.now() - started) / 1000)
    const { user, system } = process.cpuUsage(cpu)
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6)
  }
  return { seconds, cpuSeconds }
}

/** What a script of bench/reference prints, [seconds, CPU seconds] by name; undefined where Python lacks its modules. */
export function timePython(
  python: string,
  script: string,
  args: readonly (string | number)[],
): Readonly<Record<string, Timing>> | undefined {
  const path = fileURLToPath(new URL(`./reference/${script}`, import.meta.url))
  try {
    const output = execFileSync(python, [path, ...args.map(String)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const timings = JSON.parse(output) as Record<string, [number, number]> // our own script
    return Object.fromEntries(
      Object.entries(timings).map(([name, [seconds, cpuSeconds]]) => [name, { seconds, cpuSeconds }]),
    )
  } catch {
    return undefined
  }
}
