export { prepare, readPlainRows } from './rows'
