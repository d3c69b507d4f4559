// Compiles the AssemblyScript kernels to resources/kernels when their sources are newer. Prints only errors.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sourceFolder = join(root, 'src/engine/dsp/kernels/assembly')
const target = join(root, 'resources/kernels/dsp.wasm')

if (!existsSync(join(sourceFolder, 'index.ts'))) process.exit(0)
const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
const sources = readdirSync(sourceFolder).filter((name) => name.endsWith('.ts'))
const newest = Math.max(...sources.map((name) => modified(join(sourceFolder, name))))

if (modified(target) < newest) {
  const { default: compiler } = await import('assemblyscript/asc')
  mkdirSync(dirname(target), { recursive: true })
  // written beside and renamed: another process never loads half a file
  const half = join(dirname(target), `dsp.${process.pid}.wasm`)
  const { error, stderr } = await compiler.main([
    join(sourceFolder, 'index.ts'),
    '--outFile',
    half,
    '-O3',
    '--converge',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--noAssert',
  ])
  if (error) {
    process.stderr.write(`${stderr.toString()}\n`)
    process.exit(1)
  }
  renameSync(half, target)
}
