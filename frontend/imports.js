// Behaviour of the import pages.
export function initImports() {}
