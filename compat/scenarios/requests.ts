import { Raw } from "../engine/argument.ts";
import { scenario, type World } from "../engine/step.ts";
import { body, call } from "../steps/call.ts";

/** A fault of this method echoes its argument, whatever that is. */
function echo(xml: string): ReturnType<typeof call> {
  return call("addProcessGroup", new Raw(xml));
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  "a string": ["<value><string>nope</string></value>", "<value><string/></value>", "<value/>", "<value>  bare text </value>"],
  "text with markup": [
    "<value><string> a &amp; b &lt;c&gt; &quot;d&quot; &#65;&#x42; </string></value>",
    "<value><string><![CDATA[<x>&amp;]]></string></value>",
    "<value><string>one<!-- two -->three</string></value>",
  ],
  "text beyond ASCII": ["<value><string>naïve 🚀</string></value>"],
  "white space": ["<value><string>a\r\nb\tc</string></value>", "<value>\n<int>5</int>\n</value>"],
  "an integer": ["<value><int>5</int></value>", "<value><int> -5 </int></value>", "<value><i4>+5</i4></value>"],
  "no integer": ["<value><int>five</int></value>", "<value><int/></value>", "<value><int>1.5</int></value>"],
  "a boolean": [
    "<value><boolean>1</boolean></value>",
    "<value><boolean>0</boolean></value>",
    "<value><boolean>true</boolean></value>",
  ],
  "a double": ["<value><double>1.5</double></value>", "<value><double>x</double></value>", "<value><double/></value>"],
  base64: ["<value><base64>aGVsbG8=</base64></value>", "<value><base64>\n aGVs\n bG8=\n</base64></value>"],
  "a date": ["<value><dateTime.iso8601>today</dateTime.iso8601></value>"],
  "a type that there is not": ["<value><i8>12</i8></value>", "<value><unknown>text</unknown></value>"],
  "a type without a value": ["<int>5</int>"],
  "an array or a struct that is broken": [
    "<value><array/></value>",
    "<value><struct><member><name>a</name></member></struct></value>",
    "<value><struct><member><name>a</name><value/><value/></member></struct></value>",
  ],
  nothing: [""],
};

const BODIES: Readonly<Record<string, string>> = {
  "no XML": "nonsense",
  "an element that is not closed": "<methodCall>",
  "no method": "<methodCall/>",
  "an empty method": "<methodCall><methodName/></methodCall>",
  "no params": "<methodCall><methodName>supervisor.getAPIVersion</methodName></methodCall>",
  "empty params": "<methodCall><methodName>supervisor.getAPIVersion</methodName><params/></methodCall>",
  "a blank before the method": "<methodCall><methodName> supervisor.getAPIVersion</methodName></methodCall>",
  "another root": "<other><methodName>supervisor.getAPIVersion</methodName></other>",
  "another encoding that is declared":
    "<?xml version='1.0' encoding='ISO-8859-1'?><methodCall><methodName>é.é</methodName></methodCall>",
  "two roots": "<methodCall><methodName>a</methodName></methodCall><b/>",
  "a control character": "<methodCall><methodName>\u0001</methodName></methodCall>",
  "an entity that there is not": "<methodCall><methodName>&nope;</methodName></methodCall>",
  "params before the method": "<methodCall><params></params><methodName>supervisor.getAPIVersion</methodName></methodCall>",
  "an empty param": "<methodCall><methodName>supervisor.getAPIVersion</methodName><params><param/></params></methodCall>",
};

/** How the XML of a request is read. */
export const requests: World = {
  name: "requests",
  configuration: "",
  scenarios: [
    ...Object.entries(VALUES).map(([what, values]) => scenario(`an argument that is ${what}`, ...values.map(echo))),
    ...Object.entries(BODIES).map(([what, xml]) => scenario(`a body with ${what}`, body(xml, xml))),
  ],
};
