import util from 'node:util'

/**
 * tfjs-node 4.22.0 calls two functions that Node 23 removed (https://nodejs.org/api/deprecations.html#DEP0051 and
 * #DEP0044): without them its first operation throws `util.isNullOrUndefined is not a function`. Call before the first
 * import of @tensorflow/tfjs-node. Does nothing on older versions.
 */
export function cureNodeUtil(target: object = util): void {
  if (!('isNullOrUndefined' in target)) {
    Object.defineProperty(target, 'isNullOrUndefined', {
      value: (value: unknown) => value === null || value === undefined,
    })
  }
  if (!('isArray' in target)) Object.defineProperty(target, 'isArray', { value: Array.isArray })
}
