-- Turns what pandoc has read of a report into Typst: words as string literals, so that nothing in them is
-- markup; figures as files with their alternative text; links and the places they lead to, within one PDF;
-- tables with columns as wide as their words need, turned on their side where a page is too narrow.

-- Each has a function in report.typ; of a span's classes the first that stands here counts.
local LOOKS = { hedge = true, booster = true, attitude = true, obligation = true, evaluation = true, mark = true,
  paraphrase = true, quoted = true, moved = true, badge = true, of = true,
  count = true, place = true, only = true, quiet = true }
local HIDDEN = { sr = true, which = true, spliced = true, bar = true, ["note-of"] = true, ["heads"] = true }
local PORTRAIT = { room = 467, height = 640 } -- points between the margins
local TURNED = { room = 713, height = 400, flipped = true }
-- The sizes of a table's letters. A smaller one is taken where it saves the part of the table's height that its
-- price asks for; a page is turned where it saves a page.
local SIZES = { { size = 8.5, price = 1 }, { size = 7.5, price = 1.1 }, { size = 6.5, price = 1.4 } }
local FORM = { { size = 9.5, price = 1 } } -- of a table with cells to write in, and how wide these are
local BLANK = 7
local PADDING, LINE, GAP = 8, 1.25, 6 -- points beside a cell's words; height of a line in its size; points of a row
local LONGEST = 24 -- letters of a word that is not broken
local STEP = 6 -- points by which columns are widened

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
  local look = element.classes:find_if(function(class) return LOOKS[class] and class ~= "mark" end)
    or (element.classes:includes("mark") and "mark")
  if element.classes:includes("marker") then look = nil end -- on paper the layers are not laid over the words
  if look then content = pandoc.List({ raw("#as-" .. look .. "[") }) .. content .. { raw("];") } end
  local mark = anchor(element.identifier)
  return mark and pandoc.List({ mark }) .. content or content
end

local function link(element)
  if hidden(element) then return {} end
  if element.classes:includes("anchor-link") then return {} end
  if element.classes:includes("csv") then return raw("#file(" .. literal(element.target):sub(2, -2) .. ");") end
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

-- The width of a text in the size of its letters: near enough, and never too little, for Libertinus Serif.
local function width_of(text)
  local width = 0
  for _, code in utf8.codes(text) do
    local letter = code < 128 and string.char(code) or "x"
    if letter:match("[%.,:;'|!%(%)%[%]ijltfI%-]") then width = width + 0.34
    elseif letter:match("[mwMWQ@%%]") or code > 0x2E80 then width = width + 0.95
    elseif letter:match("[A-Z_=+<>~#]") then width = width + 0.7
    else width = width + (code < 128 and 0.52 or 0.62) end
  end
  return width
end

-- The widths of a cell's words, and how many lines they take in a room of this many letters' sizes.
local function words_of(cell)
  local words = {}
  for word in pandoc.utils.stringify(cell.contents):gmatch("%S+") do
    words[#words + 1] = math.min(width_of(word), LONGEST * 0.52)
  end
  return words
end

local function lines_in(words, room)
  local lines, used = 1, 0
  for _, word in ipairs(words) do
    if used > 0 and used + 0.25 + word > room then lines, used = lines + 1, word
    else used = used + (used > 0 and 0.25 or 0) + word end
  end
  return lines
end

local function rows_of(tbl)
  local rows = tbl.head.rows:clone()
  for _, body in ipairs(tbl.bodies) do -- the head of a body names a group of rows
    rows:extend(body.head)
    rows:extend(body.body)
  end
  return rows
end

-- For each column its cells' words, the width of its longest word and longest cell, and whether it holds numbers.
local function columns_of(tbl, is_form)
  local columns = {}
  for n = 1, #tbl.colspecs do columns[n] = { cells = {}, least = 0.5, most = 0.5, number = false } end
  for r, row in ipairs(rows_of(tbl)) do
    for n, cell in ipairs(row.cells) do
      local column = columns[n]
      if column and cell.col_span == 1 then
        local words, all = words_of(cell), 0
        for _, word in ipairs(words) do
          local wide = r == 1 and word * 1.08 or word -- heads are bold
          column.least, all = math.max(column.least, wide), all + wide + 0.25
        end
        column.cells[r], column.most = words, math.max(column.most, all)
        column.number = column.number or cell.classes:includes("number")
      end
    end
  end
  for _, column in ipairs(is_form and columns or {}) do
    local words = 0
    for r, cell in pairs(column.cells) do words = words + (r > 1 and #cell or 0) end
    if words == 0 then column.least = BLANK end
  end
  return columns
end

local function lines_of(column, width, size)
  local lines = {}
  for r, words in pairs(column.cells) do lines[r] = lines_in(words, (width - PADDING) / size) end
  return lines
end

-- What the lines of a column weigh: high cells weigh most, since a row is as high as its highest.
local function weight_of(lines)
  local sum = 0
  for _, count in pairs(lines) do sum = sum + count ^ 4 end
  return sum
end

-- The widths of the columns in points at a letter's size and the height of the table; nil where the longest words
-- do not fit. From the longest words on, room goes step by step to the column where it makes most of a difference.
local function fit(columns, size, room)
  local widths, weights, left = {}, {}, room
  for n, column in ipairs(columns) do
    widths[n] = column.least * size + PADDING
    weights[n] = weight_of(lines_of(column, widths[n], size))
    left = left - widths[n]
  end
  if left < 0 then return nil end
  while true do
    local best
    for n, column in ipairs(columns) do
      local most = column.most * size + PADDING
      for _, steps in ipairs({ 1, 2, 4, 8 }) do
        local more = math.min(steps * STEP, most - widths[n])
        if more > 0.1 and more <= left then
          local weight = weight_of(lines_of(column, widths[n] + more, size))
          local gain = (weights[n] - weight) / more
          if gain > 0 and (not best or gain > best.gain) then
            best = { n = n, more = more, weight = weight, gain = gain }
          end
        end
      end
    end
    if not best then break end
    widths[best.n], weights[best.n] = widths[best.n] + best.more, best.weight
    left = left - best.more
  end
  local rows, height = {}, 0
  for n, column in ipairs(columns) do
    for r, count in pairs(lines_of(column, widths[n], size)) do rows[r] = math.max(rows[r] or 1, count) end
  end
  for _, count in pairs(rows) do height = height + count * size * LINE + GAP end
  return widths, height
end

-- A letter's size, the columns' widths, and whether the page is turned.
local function layout(columns, is_form)
  local best
  for _, page_of in ipairs(is_form and { PORTRAIT } or { PORTRAIT, TURNED }) do
    for _, way in ipairs(is_form and FORM or SIZES) do
      local widths, height = fit(columns, way.size, page_of.room)
      if widths then
        -- In pages; a turned page stands alone, with about half of it and of the page before left white.
        local pages = height / page_of.height
        if page_of.flipped then pages = math.ceil(pages) + 0.5 end
        local price = pages * way.price
        if not best or price < best.price then
          best = { size = way.size, widths = widths, turned = page_of.flipped, price = price }
        end
      end
    end
  end
  if best then return best.size, best.widths, best.turned end
  local widths = {}
  for n = 1, #columns do widths[n] = TURNED.room / #columns end
  return 6.5, widths, true
end

local function cells(row, columns, is_head)
  local out = pandoc.List()
  for n, cell in ipairs(row.cells) do
    local contents = cell.contents
    local mark = n == 1 and not is_head and row.identifier ~= "" and anchor(row.identifier)
    local number = columns[n] and columns[n].number
    local opening = number and "table.cell(align: right)[" or "["
    if cell.col_span > 1 then opening = "table.cell(colspan: " .. cell.col_span .. ")[" end
    out:insert(pandoc.RawBlock("typst", opening))
    if mark then out:insert(pandoc.Plain({ mark })) end
    out:extend(contents)
    out:insert(pandoc.RawBlock("typst", "],"))
  end
  return out
end

local function set_table(tbl)
  local is_form = tbl.classes:includes("form")
  local columns = columns_of(tbl, is_form)
  local size, widths, turned = layout(columns, is_form)
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
    for _, row in ipairs(body.head) do out:extend(cells(row, columns, true)) end
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

-- A sentence of each version, side by side below what became of it.
local function pair(element)
  local out, sides = pandoc.List({ pandoc.RawBlock("typst", "#pair([") }), pandoc.List()
  for _, block in ipairs(element.content) do
    if block.t == "Div" and block.classes:includes("side") then sides:insert(block) else out:insert(block) end
  end
  for _, side in ipairs(sides) do
    out:insert(pandoc.RawBlock("typst", "], ["))
    out:extend(side.content)
  end
  out:insert(pandoc.RawBlock("typst", "])"))
  return out
end

local structure = {
  Strikeout = call("as-cut"), Underline = call("as-added"),
  Span = span, Link = link, Image = image, Figure = figure, Table = set_table, Header = header,
  Div = function(element)
    if element.classes:includes("outline") then
      return pandoc.RawBlock("typst", "#contents")
    end
    if element.classes:includes("whole") then
      return pandoc.List({ pandoc.RawBlock("typst", "#block(breakable: false, above: 1.5em)[") }) .. element.content .. { pandoc.RawBlock("typst", "]") }
    end
    if element.classes:includes("side") then return nil end
    if element.classes:includes("pair") then return pair(element) end
    if element.attributes.lines then return pandoc.RawBlock("typst", "#room(" .. element.attributes.lines .. ")") end
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
    -- What stands before the contents is not in them.
    out:insert(pandoc.RawBlock("typst", "#set heading(outlined: " .. tostring(page ~= "index") .. ")"))
    -- Quotations first become words, then links and tables are measured, then words become literals.
    out:extend(one.content:walk({ Quoted = words.Quoted, Math = words.Math }):walk(structure):walk({ Code = words.Code, Inlines = words.Inlines }))
  end
  return pandoc.Pandoc(out)
end
