export function modelCardsText(root: string): string
