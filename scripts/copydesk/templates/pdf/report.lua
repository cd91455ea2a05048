-- Turns what pandoc has read of a report into Typst: words as string literals, so that nothing in them is
-- markup; figures as files with their alternative text; links and the places they lead to, within one PDF;
-- tables with columns as wide as their words need, turned on their side where a page is too narrow.

local LOOKS = { mark = true, statement = true, measure = true } -- each has a function in report.typ
local HIDDEN = { sr = true, which = true, filter = true }
local PORTRAIT, LANDSCAPE = 467, 713 -- points between the margins
local PADDING = 8 -- points of a cell that its words do not have
local LINES = { 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 24, 30, 40, 60, 100, 1e9 }
local WAYS = {
  { size = 8.5, lines = 10 }, { size = 7.5, lines = 21 }, { size = 8.5, turned = true, lines = 24 },
  { size = 7.5, turned = true, lines = 40 }, { size = 6.5, turned = true, lines = 60 },
}
local LONGEST = 24 -- letters of a word that is not broken

local is_place, is_placed = {}, {} -- which places there are; which of them stand in the document already
local page = ""

local function raw(text) return pandoc.RawInline("typst", text) end

local function literal(text)
  return '#"' .. text:gsub('[\\"]', "\\%0"):gsub("[\n\r\t]", " ") .. '";'
end

local function place(file, id)
  return file .. "--" .. id:gsub("[^%w-]", "_")
end

-- An empty mark to which links can lead.
local function anchor(id)
  local name = place(page, id)
  if id == "" or is_placed[name] then return nil end
  is_placed[name] = true
  return raw('#[#metadata(none)#label("' .. name .. '")]')
end

local function hidden(element)
  return element.classes:find_if(function(class) return HIDDEN[class] end) ~= nil
end

-- Words side by side become one literal; blanks at its ends stay outside, where a line may break.
local function join(inlines)
  local out, words = pandoc.List(), {}
  local function flush()
    local text = table.concat(words)
    words = {}
    local head, middle, tail = text:match("^(%s*)(.-)(%s*)$")
    if head ~= "" then out:insert(pandoc.Space()) end
    if middle ~= "" then out:insert(raw(literal(middle))) end
    if tail ~= "" and middle ~= "" then out:insert(pandoc.Space()) end
  end
  for _, one in ipairs(inlines) do
    if one.t == "Str" then
      words[#words + 1] = one.text
    elseif one.t == "Space" or one.t == "SoftBreak" then
      words[#words + 1] = " "
    else
      if #words > 0 then flush() end
      out:insert(one)
    end
  end
  if #words > 0 then flush() end
  return out
end

local function span(element)
  if hidden(element) then return {} end
  local content = element.content
  local look = element.classes:find_if(function(class) return LOOKS[class] end)
  if look then content = pandoc.List({ raw("#as-" .. look .. "[") }) .. content .. { raw("];") } end
  local mark = anchor(element.identifier)
  return mark and pandoc.List({ mark }) .. content or content
end

local function link(element)
  if element.classes:includes("anchor-link") then return {} end
  local file, id = element.target:match("^([^#:]*)#(.+)$")
  if file then
    local name = place(file == "" and page or (file:gsub("%.html$", "")), id)
    if not is_place[name] then return element.content end
    return pandoc.List({ raw('#link(label("' .. name .. '"))[') }) .. element.content .. { raw("];") }
  end
  if element.target:match("^https?://") then
    return pandoc.List({ raw("#link(" .. literal(element.target):sub(2, -2) .. ")[") }) .. element.content .. { raw("];") }
  end
  return element.content
end

local function image(element)
  local alt = literal(pandoc.utils.stringify(element.caption)):sub(2, -2)
  local width = element.attributes.width or "100%"
  return raw('#image("/' .. element.src .. '", width: ' .. width .. ", alt: " .. alt .. ");")
end

-- A figure, its caption below it as it is on the page.
local function figure(element)
  local parts = pandoc.List({ pandoc.RawBlock("typst", "#figure(kind: image, supplement: none, caption: [") })
  parts:extend(element.caption.long)
  parts:insert(pandoc.RawBlock("typst", "])["))
  parts:extend(element.content)
  parts:insert(pandoc.RawBlock("typst", "]"))
  return parts
end

-- Tables

local function measure(blocks)
  local text = pandoc.utils.stringify(blocks)
  local longest = 0
  for word in text:gmatch("%S+") do longest = math.max(longest, math.min(utf8.len(word) or #word, LONGEST)) end
  return longest, utf8.len(text) or #text
end

local function rows_of(tbl)
  local rows = tbl.head.rows:clone()
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  return rows
end

-- For each column the letters of its longest word and of its longest cell, and whether it holds numbers.
local function columns_of(tbl)
  local columns = {}
  for n = 1, #tbl.colspecs do columns[n] = { word = 1, cell = 1, number = false } end
  for _, row in ipairs(rows_of(tbl)) do
    for n, cell in ipairs(row.cells) do
      local column = columns[n]
      if column then
        local word, all = measure(cell.contents)
        column.word, column.cell = math.max(column.word, word), math.max(column.cell, all)
        column.number = column.number or cell.classes:includes("number")
      end
    end
  end
  return columns
end

-- The widths of the columns in points at a letter's size, and the lines of the highest row; nil where the words
-- do not fit. No column is narrower than its longest word; beyond that, what makes the highest row lowest.
local function fit(columns, size, room)
  local letter = size * 0.52
  local function widths_at(lines)
    local widths, sum = {}, 0
    for n, column in ipairs(columns) do
      widths[n] = math.max(column.word, column.cell / lines * (lines > 1 and 1.1 or 1)) * letter + PADDING
      sum = sum + widths[n]
    end
    return widths, sum
  end
  for _, lines in ipairs(LINES) do
    local widths, sum = widths_at(lines)
    if sum <= room then return widths, lines end
  end
  return nil
end

-- A letter's size, the columns' widths, and whether the page is turned: the first way with rows that are not
-- too high for it (in lines), else the one with the lowest.
local function layout(columns)
  local best
  for _, way in ipairs(WAYS) do
    local widths, lines = fit(columns, way.size, way.turned and LANDSCAPE or PORTRAIT)
    if widths and (not best or lines < best.lines) then
      best = { size = way.size, widths = widths, turned = way.turned, lines = lines }
    end
    if best and best.lines < way.lines then break end
  end
  if best then return best.size, best.widths, best.turned end
  local widths = {}
  for n = 1, #columns do widths[n] = LANDSCAPE / #columns end
  return 6.5, widths, true
end

local function cells(row, columns, is_head)
  local out = pandoc.List()
  for n, cell in ipairs(row.cells) do
    local contents = cell.contents
    local mark = n == 1 and not is_head and row.identifier ~= "" and anchor(row.identifier)
    local number = columns[n] and columns[n].number
    out:insert(pandoc.RawBlock("typst", number and "table.cell(align: right)[" or "["))
    if mark then out:insert(pandoc.Plain({ mark })) end
    out:extend(contents)
    out:insert(pandoc.RawBlock("typst", "],"))
  end
  return out
end

local function set_table(tbl)
  local columns = columns_of(tbl)
  local size, widths, turned = layout(columns)
  local points = {}
  for n, width in ipairs(widths) do points[n] = string.format("%.1fpt", width) end
  local out = pandoc.List()
  local function typst(text) out:insert(pandoc.RawBlock("typst", text)) end
  if turned then typst("#page(flipped: true)[") end
  typst("#figure(kind: table, supplement: none, caption: [")
  out:extend(tbl.caption.long)
  typst("])[#set text(size: " .. size .. "pt)")
  typst("#table(columns: (" .. table.concat(points, ", ") .. ",),")
  if #tbl.head.rows > 0 then
    typst("table.header(")
    for _, row in ipairs(tbl.head.rows) do out:extend(cells(row, columns, true)) end
    typst("),")
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do out:extend(cells(row, columns, false)) end
  end
  typst(")]")
  if turned then typst("]") end
  return out
end

-- The whole

local function note_places(blocks)
  local function note(element)
    if element.identifier ~= "" then is_place[place(page, element.identifier)] = true end
  end
  blocks:walk({
    Span = note, Div = note, Header = note, Figure = note, CodeBlock = note,
    Table = function(tbl) for _, row in ipairs(rows_of(tbl)) do note(row) end end,
  })
end

local function with_anchor(element, blocks)
  local mark = anchor(element.identifier)
  return mark and pandoc.List({ pandoc.Plain({ mark }) }) .. blocks or blocks
end

local function header(element)
  local mark = anchor(element.identifier)
  local content = mark and element.content .. { mark } or element.content
  return pandoc.Header(element.level, content)
end

local words = {
  Inlines = join,
  Quoted = function(element)
    local marks = element.quotetype == "DoubleQuote" and { "“", "”" } or { "‘", "’" }
    return pandoc.List({ pandoc.Str(marks[1]) }) .. element.content .. { pandoc.Str(marks[2]) }
  end,
  Math = function(element) return pandoc.Str(element.text) end,
  Code = function(element) return raw("#raw(" .. literal(element.text):sub(2, -2) .. ");") end,
}

local function call(name)
  return function(element) return pandoc.List({ raw("#" .. name .. "[") }) .. element.content .. { raw("];") } end
end

local structure = {
  Strikeout = call("as-cut"), Underline = call("as-added"),
  Span = span, Link = link, Image = image, Figure = figure, Table = set_table, Header = header,
  Div = function(element)
    if element.classes:includes("outline") then
      return pandoc.RawBlock("typst", "#outline(title: none, depth: 2)")
    end
    return hidden(element) and {} or with_anchor(element, element.content)
  end,
  CodeBlock = function(element)
    return pandoc.RawBlock("typst", '#code("' .. element.text:gsub('[\\"]', "\\%0") .. '")')
  end,
  HorizontalRule = function() return {} end,
}

function Pandoc(doc)
  local pages = doc.blocks:filter(function(block) return block.t == "Div" and block.classes:includes("page") end)
  for _, one in ipairs(pages) do
    page = one.attributes.page
    note_places(one.content)
  end
  local out = pandoc.List()
  for _, one in ipairs(pages) do
    page = one.attributes.page
    -- Quotations first become words, then links and tables are measured, then words become literals.
    out:extend(one.content:walk({ Quoted = words.Quoted, Math = words.Math }):walk(structure):walk({ Code = words.Code, Inlines = words.Inlines }))
  end
  return pandoc.Pandoc(out)
end
