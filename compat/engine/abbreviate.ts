/**
 * Shortens the XML of an answer for the transcript without losing anything: only what has the very bytes that Python's
 * `xmlrpc.client.dumps` writes is replaced, line feeds included, so that any other spelling, order or type stays visible.
 */
export function abbreviate(xml: string): string {
  return SHAPES.reduce((text, [pattern, short]) => text.replaceAll(pattern, short), xml);
}

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [
    /^<\?xml version='1\.0'\?>\n<methodResponse>\n<params>\n<param>\n([\s\S]*)<\/param>\n<\/params>\n<\/methodResponse>\n$/g,
    "$1",
  ],
  [/^<\?xml version='1\.0'\?>\n<methodResponse>\n<fault>\n([\s\S]*)<\/fault>\n<\/methodResponse>\n$/g, "fault $1"],
  [/<member>\n<name>([^<]*)<\/name>\n([\s\S]*?)<\/member>\n/g, "$1: $2"],
  [/<value><int>(-?\d+)<\/int><\/value>\n/g, "$1\n"],
  [/<value><boolean>1<\/boolean><\/value>\n/g, "true\n"],
  [/<value><boolean>0<\/boolean><\/value>\n/g, "false\n"],
  [/<value><string>([^<]*)<\/string><\/value>\n/g, "'$1'\n"],
  [/<value><array><data>\n/g, "[\n"],
  [/<\/data><\/array><\/value>\n/g, "]\n"],
  [/<value><struct>\n/g, "{\n"],
  [/<\/struct><\/value>\n/g, "}\n"],
  [/^fault \{\nfaultCode: (\d+)\nfaultString: '([^']*)'\n\}\n$/g, "fault $1 $2\n"],
];
