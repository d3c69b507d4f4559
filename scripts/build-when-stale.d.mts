export function buildWhenStale(name: 'cli' | 'renderer' | 'window'): Promise<void>
