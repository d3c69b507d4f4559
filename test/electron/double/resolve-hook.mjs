// Resolves `electron` of a built file that was imported with ?run=N to the double of that run.
const double = new URL('./electron-module.mjs', import.meta.url).href

export async function resolve(specifier, context, next) {
  if (specifier !== 'electron') return next(specifier, context)
  const run = new URL(context.parentURL).searchParams.get('run')
  return { url: `${double}?run=${run}`, format: 'module', shortCircuit: true }
}
