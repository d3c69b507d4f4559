export function findElectron(environment: NodeJS.ProcessEnv): string | undefined
export function hasDisplay(environment: NodeJS.ProcessEnv): boolean
