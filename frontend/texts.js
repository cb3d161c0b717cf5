// Words that scripts show come from the page, so that they are translated with everything else. Each room's templates
// bring those of its own scripts.
export function text(key, values = {}) {
  const sources = [...document.querySelectorAll("[data-texts]")];
  const source = sources.find(({ dataset }) => key in dataset)?.dataset[key] ?? "";
  return Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), source);
}
