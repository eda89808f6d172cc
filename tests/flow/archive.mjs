// SPDX-License-Identifier: Apache-2.0
//
// archive - read an archive's tree as a stranger would: datapackage.json says
// what is there; CSV by a reader of our own, Parquet by hyparquet, never by
// DuckDB, which wrote it.  Ends with 0 when everything that the package says
// holds and both formats have the same values; else says what does not.
//
// Usage: node archive.mjs DEPS TREE
import { readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

const [deps, tree] = process.argv.slice(2)
const load = (path) => import(pathToFileURL(resolve(deps, path)))
const { parquetReadObjects, parquetMetadata } =
    await load('hyparquet/src/node.js')
const fzstd = (await load('fzstd/lib/index.js')).default
const compressors = { ZSTD: (page) => fzstd.decompress(page) }

let faults = 0
function fault(text) {
    if (++faults <= 20) console.error(text)
}

// RFC 4180: an unquoted empty field is null, a quoted one is text.
function readCsv(text) {
    const rows = []
    let row = []
    let at = 0
    while (at < text.length) {
        let field
        if (text[at] === '"') {
            let end = at
            do end = text.indexOf('"', end + 1) + 1
            while (text[end] === '"')
            field = text.slice(at + 1, end - 1).replaceAll('""', '"')
            at = end
        } else {
            let end = at
            while (text[end] !== ',' && text[end] !== '\r') end++
            field = end === at ? null : text.slice(at, end)
            at = end
        }
        row.push(field)
        if (text[at] === ',') {
            at++
        } else if (text.startsWith('\r\n', at)) {
            at += 2
            rows.push(row)
            row = []
        } else {
            throw new Error(`byte ${at}: neither comma nor CR LF`)
        }
    }
    return rows
}

// Decimals in millionths, exactly: hyparquet would make them floats, so it is
// told that they are plain integers or bytes.
function micro(text) {
    const [, sign, whole, rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
    return String(BigInt(sign + whole + rest.padEnd(6, '0')))
}

function unscaled(value) {
    if (!(value instanceof Uint8Array)) return String(value)
    return String(BigInt.asIntN(8 * value.length,
        BigInt('0x' + Buffer.from(value).toString('hex'))))
}

function withoutDecimals(metadata) {
    for (const element of metadata.schema)
        if (element.converted_type === 'DECIMAL') {
            if (element.scale !== 6) fault(`${element.name}: scale`)
            delete element.converted_type
            delete element.logical_type
        }
    return metadata
}

// The same text for the same value, from either format.
function csvValue(type, text) {
    if (text === null) return null
    if (type === 'string') return text.replace(/^'/, '')
    if (type === 'number') return micro(text)
    if (type === 'integer') return String(BigInt(text))
    return text
}

function parquetValue(type, value) {
    if (value === null || value === undefined) return null
    if (type === 'number') return unscaled(value)
    if (type === 'date') return value.toISOString().slice(0, 10)
    if (type === 'datetime') return value.toISOString().replace('.000Z', 'Z')
    return String(value)
}

async function readRows(resource) {
    const bytes = readFileSync(`${tree}/${resource.path}`)
    const fields = resource.schema.fields
    if (resource.bytes !== statSync(`${tree}/${resource.path}`).size)
        fault(`${resource.path}: size is not ${resource.bytes}`)
    if (resource.hash !==
        'sha256:' + createHash('sha256').update(bytes).digest('hex'))
        fault(`${resource.path}: hash`)
    if (resource.format === 'csv') {
        const [header, ...rows] = readCsv(bytes.toString('utf8'))
        if (header.join() !== fields.map((f) => f.name).join())
            fault(`${resource.path}: header`)
        return rows.map((r) => fields.map((f, i) => csvValue(f.type, r[i])))
    }
    const file = bytes.buffer.slice(
        bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const metadata = withoutDecimals(parquetMetadata(file))
    const rows = await parquetReadObjects(
        { file, metadata, compressors, utf8: false })
    if (rows.length && Object.keys(rows[0]).join() !==
        fields.map((f) => f.name).join())
        fault(`${resource.path}: columns`)
    return rows.map((r) => fields.map((f) => parquetValue(f.type, r[f.name])))
}

function checkConstraints(resource, rows) {
    resource.schema.fields.forEach((field, i) => {
        const { required, enum: values } = field.constraints ?? {}
        for (const row of rows) {
            if (required && row[i] === null)
                fault(`${resource.name}.${field.name}: null`)
            if (values && row[i] !== null && !values.includes(row[i]))
                fault(`${resource.name}.${field.name}: ${row[i]}`)
        }
        if (!field.title || !field.label_zh || !field.description)
            fault(`${resource.name}.${field.name}: not described`)
    })
}

const keyOf = (resource, names) => {
    const at = names.map(
        (n) => resource.schema.fields.findIndex((f) => f.name === n))
    return (row) => JSON.stringify(at.map((i) => row[i]))
}

function checkKeys(resource, rows, read) {
    const primary = keyOf(resource, resource.schema.primaryKey)
    if (new Set(rows.map(primary)).size !== rows.length)
        fault(`${resource.name}: primary key is not unique`)
    for (const foreign of resource.schema.foreignKeys ?? []) {
        const other = read.get(foreign.reference.resource)
        const theirs = keyOf(other.resource, foreign.reference.fields)
        const known = new Set(other.rows.map(theirs))
        const ours = keyOf(resource, foreign.fields)
        if (!rows.every((row) => known.has(ours(row))))
            fault(`${resource.name}: a row of ${other.resource.name} is absent`)
    }
}

const datapackage =
    JSON.parse(readFileSync(`${tree}/datapackage.json`, 'utf8'))
const read = new Map()
for (const resource of datapackage.resources) {
    const rows = await readRows(resource)
    read.set(resource.name, { resource, rows })
    if (rows.length !== resource.rows)
        fault(`${resource.path}: ${rows.length} rows, not ${resource.rows}`)
}
for (const { resource, rows } of read.values()) {
    if (resource.format !== 'csv') continue
    const twin = read.get(`${resource.name}-parquet`)
    checkConstraints(resource, rows)
    checkKeys(resource, rows, read)
    if (rows.length !== twin.rows.length)
        fault(`${resource.name}: the formats differ in rows`)
    rows.forEach((row, n) => row.forEach((value, i) => {
        if (value !== twin.rows[n]?.[i])
            fault(`${resource.name} row ${n} ` +
                `${resource.schema.fields[i].name}: ` +
                `csv ${value}, parquet ${twin.rows[n]?.[i]}`)
    }))
}
if (read.size < 12) fault(`${read.size} files of data, not 12`)
process.exit(faults ? 1 : 0)
