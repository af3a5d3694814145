"""Everything that has a key, in one list: tooltips, search and Ctrl+/ read it here."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does.

    Attributes:
        words: the deed, as its button says it.
        key: as Qt writes it; "" where it is only found by search.
        where: heading in the list of keys.
    """

    words: str
    key: str
    where: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed that can be done here and now.

    Attributes:
        key: what it is called and which key does it.
        run: does it.
        why_not: why it can't be done just now, "" where it can.
        group: heading under which it stands in a menu, "" for the usual one.
    """

    key: Key
    run: Callable[[], None]
    why_not: str = ""
    group: str = ""


_ANYWHERE = "Anywhere"
_PERSON = "With a person open"
_WAITING = "On the waiting list"
_RETURN = "On the return"
_DIARY = "In the diary"
_GROUP = "In a group's register"
_CAPACITY = "On the capacity page"
_PANEL = "In a panel"
_LIST = "In a list"
_FIELD = "In a field"

SEARCH = Key("Search for people and deeds", "Ctrl+K", _ANYWHERE)
LOG_SESSION = Key("Log session", "Ctrl+J", _ANYWHERE)
ADD_PERSON = Key("Add a person", "Ctrl+N", _ANYWHERE)
UNNAMED_SURVEY = Key("Record a survey without a name", "", _ANYWHERE)
GAINS_COUNTED = Key("Gains in daily life, counted", "", _ANYWHERE)
BACK = Key("Go back", "Esc", _ANYWHERE)
HELP = Key("Help for what is shown", "F1", _ANYWHERE)
KEYS = Key("Keys", "Ctrl+/", _ANYWHERE)
PRIVACY = Key("Hide or show names and notes", "F12", _ANYWHERE)
UNDO = Key("Undo what was just done", "Ctrl+Z", _ANYWHERE)
LOCK = Key("Lock", "Ctrl+L", _ANYWHERE)
SWITCH = Key("Let somebody else sign in", "Ctrl+Shift+Q", _ANYWHERE)

NEW_REFERRAL = Key("New referral", "Ctrl+Shift+R", _PERSON)
DECIDE = Key("Decide a referral", "Ctrl+Shift+D", _PERSON)
ALLOCATE = Key("Allocate to a worker", "Ctrl+Shift+A", _PERSON)
RECORD_CONTACT = Key("Record contact", "Ctrl+Shift+C", _PERSON)
ADD_SCORE = Key("Add a score", "Ctrl+Shift+S", _PERSON)
SET_GOAL = Key("Set a goal", "Ctrl+Shift+T", _PERSON)
RATE_GOAL = Key("Rate a goal", "Ctrl+Shift+M", _PERSON)
RECORD_SURVEY = Key("Record a survey", "Ctrl+Shift+U", _PERSON)
EXIT_STRATEGY = Key("Exit strategy", "Ctrl+Shift+E", _PERSON)
STEP_DOWN = Key("Step down", "Ctrl+Shift+W", _PERSON)
EXTEND = Key("Extend past 12 months", "Ctrl+Shift+X", _PERSON)
CLOSE_EPISODE = Key("Close the episode", "Ctrl+Shift+K", _PERSON)
GIVE_ACCESS = Key("Let a colleague open this record", "Ctrl+Shift+Y", _PERSON)
PROCESS_NOTE = Key("Process note", "Ctrl+Shift+N", _PERSON)
CHANGE_DETAILS = Key("Change details", "Ctrl+Shift+P", _PERSON)
SAFE_CONTACT = Key("Change safe contact", "Ctrl+Shift+F", _PERSON)
LEAVE_LIST = Key("Take off the waiting list", "Ctrl+Shift+L", _PERSON)
OFFER = Key("Offer a start", "Ctrl+Shift+O", _PERSON)

# Two keys, one after the other: Ctrl+G, then the letter.
HUB_ANSWER = Key("Record the hub's answer", "Ctrl+G, H", _PERSON)
REFERRER_TOLD = Key("Referrer was told", "Ctrl+G, R", _PERSON)
CAME_FOR = Key("What the person came for", "Ctrl+G, N", _PERSON)
REFER_AGAIN = Key("Refer again", "Ctrl+G, A", _PERSON)
STEP_UP = Key("Step up again", "Ctrl+G, U", _PERSON)
MERGE_PEOPLE = Key("Put two records together", "Ctrl+G, M", _PERSON)
ENTERED_IN_ERROR = Key("Entered in error", "Ctrl+G, Del", _PERSON)
TRIAGE = Key("Triage", "Ctrl+G, T", _PERSON)
REVIEW_PLACE = Key("Review the place on the list", "Ctrl+G, L", _PERSON)
ANSWER_OFFER = Key("Answer to an offer", "Ctrl+G, O", _PERSON)
LETTER = Key("Letter", "Ctrl+G, W", _PERSON)
PLAN_CONTACT = Key("Plan the next contact", "Ctrl+Shift+J", _PERSON)
PAUSE = Key("Pause", "Ctrl+G, P", _PERSON)
COME_BACK = Key("Back from a pause", "Ctrl+G, B", _PERSON)
HOW_OFTEN = Key("How often", "Ctrl+G, F", _PERSON)
REVIEW_EXIT = Key("Review the exit strategy", "Ctrl+G, E", _PERSON)
REFER_ON = Key("Refer on", "Ctrl+G, X", _PERSON)
BOOK = Key("Book sessions", "Ctrl+G, D", _PERSON)
JOIN_GROUP = Key("Join a group", "Ctrl+G, J", _PERSON)
MEASURE = Key("Fill in a measure", "Ctrl+G, S", _PERSON)
GAINS = Key("Gains in daily life", "Ctrl+G, G", _PERSON)
RISK = Key("Risk flag", "Ctrl+G, K", _PERSON)
RISK_LOOKED_AT = Key("Risk plan looked at", "Ctrl+G, .", _PERSON)
SAFEGUARD = Key("Safeguarding referral", "Ctrl+G, Y", _PERSON)
CONSENT = Key("Consent", "Ctrl+G, C", _PERSON)
WITHDRAW = Key("Withdraw consent", "Ctrl+G, Z", _PERSON)
HELPER = Key("Also supported by", "Ctrl+G, V", _PERSON)
JUSTICE = Key("Criminal justice status", "Ctrl+G, I", _PERSON)
COURT_DATE = Key("Court date", "Ctrl+G, Q", _PERSON)
VERDICT = Key("Verdict", "Ctrl+G, 1", _PERSON)
FOLLOW_UP = Key("Follow-up", "Ctrl+G, 2", _PERSON)
FOLLOWED_UP = Key("Follow-up done", "Ctrl+G, 3", _PERSON)
AGREEMENT = Key("Agreement before trial", "Ctrl+G, 4", _PERSON)
REQUEST = Key("Disclosure request", "Ctrl+G, 5", _PERSON)
END_RISK = Key("End a risk flag", "Ctrl+G, 6", _PERSON)
SAFEGUARDED = Key("Outcome of safeguarding", "Ctrl+G, 7", _PERSON)
STEP_DOWN_REVIEWED = Key("Step-down reviewed", "Ctrl+G, 8", _PERSON)
TALKED_OVER = Key("Talked over with the supervisor", "Ctrl+G, 9", _PERSON)
EPISODE_COURSE = Key("Course of the episode", "Ctrl+G, 0", _PERSON)
APPROVE_EXTENSION = Key("Approve going past 12 months", "Ctrl+G, =", _PERSON)
NOT_EXTENDED = Key("Not past 12 months", "Ctrl+G, -", _PERSON)
EXIT_VERSIONS = Key("Exit strategy: all versions", "Ctrl+G, Space", _PERSON)
MORE = Key("More for this person", "Ctrl+M", _PERSON)

CALL_THROUGH = Key("Call through the list", "Ctrl+Shift+G", _WAITING)
REVIEW_LIST = Key("Review the list", "Ctrl+Shift+B", _WAITING)
LETTERS = Key("Letters to those in the list", "F7", _WAITING)
CALL_SHEET = Key("Call sheet to print", "F8", _WAITING)
CAPACITY_STATEMENT = Key("Capacity statement for the hub", "F9", _WAITING)
SKIP = Key("Skip this person", "Alt+Right", _WAITING)
BEFORE = Key("Back to the person before", "Alt+Left", _WAITING)

CHECK_STEP = Key("Return: check", "Ctrl+1", _RETURN)
LOOK_STEP = Key("Return: look", "Ctrl+2", _RETURN)
WRITE_STEP = Key("Return: write", "Ctrl+3", _RETURN)
SIGN_STEP = Key("Return: sign", "Ctrl+4", _RETURN)
ISSUE = Key("Issue the figures", "Ctrl+Shift+I", _RETURN)
INSERT_FIGURE = Key("Insert the figure", "Ctrl+Shift+V", _RETURN)
NIL_MONTH = Key("Nil, checked", "Ctrl+Shift+0", _RETURN)
EXPORT = Key("Export the return", "Ctrl+E", _RETURN)
SENT = Key("Say that it was sent", "Ctrl+Shift+H", _RETURN)
NO_FIGURES = Key("This month has no figures", "", _RETURN)
SIGN_OFF = Key("Sign it off", "", _RETURN)
READ_OVER = Key("I have read it", "", _RETURN)
WORKBOOK = Key("Fill in the council's own workbook", "", _RETURN)
RETURN_FILE = Key("Open a return file", "", _RETURN)
MERGE = Key("Put several providers' returns together", "", _RETURN)
EXACT_TOTALS = Key("Agreement on exact totals", "", _RETURN)
ATTACK = Key("Attack everything that was sent", "", _RETURN)
AGAIN = Key("Issue again, because the council insists", "", _RETURN)

BOOK_HERE = Key("Book at the cursor", "N, Insert", _DIARY)
OPEN_BOOKING = Key("Open the session, or book at a free time", "Return", _DIARY)
MARK_BOOKING = Key("Came, came late, did not come, cancelled", "1 to 4", _DIARY)
MOVE_BOOKING = Key("Move the booking", "M", _DIARY)
MOVE_STEP = Key(
    "Move it a quarter of an hour, or a day", "Ctrl+Up, Down, Left, Right", _DIARY
)
CANCEL_BOOKING = Key("Cancel the booking", "Del", _DIARY)
OTHER_WEEK = Key("The week before, or the next", "PgUp, PgDown", _DIARY)
THIS_WEEK = Key("Go to today", "T", _DIARY)
WEEK_LIST = Key("The week as a list", "L", _DIARY)
SET_SLOTS = Key("Slots of workers", "", _DIARY)
ADD_GROUP = Key("Add a group", "", _GROUP)
CHANGE_GROUP = Key("Change the group", "", _GROUP)
TAKE_REGISTER = Key("Take the register", "", _GROUP)
MARK_MEMBER = Key("Came, came late, did not come, cancelled", "1 to 4", _GROUP)
UNMARK_MEMBER = Key("Say nothing of this person", "0", _GROUP)

WHAT_IF = Key("Capacity: what if", "Ctrl+1", _CAPACITY)
NEED = Key("Capacity: need", "Ctrl+2", _CAPACITY)
FORECASTS = Key("Capacity: forecasts", "Ctrl+3", _CAPACITY)
THIRTEEN_MONTHS = Key("Capacity: thirteen months", "Ctrl+4", _CAPACITY)
PEOPLE_AND_SLOTS = Key("Capacity: people and slots", "Ctrl+5", _CAPACITY)
OWN_FIGURES = Key("Back to our own figures", "F2", _CAPACITY)
COMPARE_WITH = Key("Compare with these numbers", "F3", _CAPACITY)
ADD_NEED = Key("Add a needs analysis", "F4", _CAPACITY)
ADD_ESTIMATE = Key("Add an estimate", "F5", _CAPACITY)
KEEP_FORECASTS = Key("Keep these forecasts", "F6", _CAPACITY)
OWN_FORECAST = Key("Keep a forecast of your own", "F7", _CAPACITY)

SAVE = Key("Save", "Ctrl+Return", _PANEL)
LEAVE = Key("Close and keep a draft", "Esc", _PANEL)
COPY = Key("Copy what is selected, with headings", "Ctrl+C", _LIST)
OPEN = Key("Open the line", "Return", _LIST)
NEXT_DAY = Key("One day later or earlier in a date", "Up, Down", _FIELD)

PERSON_KEYS = (
    NEW_REFERRAL,
    DECIDE,
    ALLOCATE,
    GIVE_ACCESS,
    RECORD_CONTACT,
    OFFER,
    LEAVE_LIST,
    ADD_SCORE,
    SET_GOAL,
    RATE_GOAL,
    RECORD_SURVEY,
    EXIT_STRATEGY,
    STEP_DOWN,
    EXTEND,
    CLOSE_EPISODE,
    PROCESS_NOTE,
    CHANGE_DETAILS,
    SAFE_CONTACT,
    HUB_ANSWER,
    REFERRER_TOLD,
    CAME_FOR,
    REFER_AGAIN,
    STEP_UP,
    MERGE_PEOPLE,
    ENTERED_IN_ERROR,
    TRIAGE,
    REVIEW_PLACE,
    ANSWER_OFFER,
    LETTER,
    PLAN_CONTACT,
    PAUSE,
    COME_BACK,
    HOW_OFTEN,
    REVIEW_EXIT,
    REFER_ON,
    BOOK,
    JOIN_GROUP,
    MEASURE,
    GAINS,
    RISK,
    RISK_LOOKED_AT,
    SAFEGUARD,
    CONSENT,
    WITHDRAW,
    HELPER,
    JUSTICE,
    COURT_DATE,
    VERDICT,
    FOLLOW_UP,
    FOLLOWED_UP,
    AGREEMENT,
    REQUEST,
    END_RISK,
    SAFEGUARDED,
    STEP_DOWN_REVIEWED,
    TALKED_OVER,
    EPISODE_COURSE,
    APPROVE_EXTENSION,
    NOT_EXTENDED,
    EXIT_VERSIONS,
    MORE,
)

DIARY_KEYS = (
    BOOK_HERE,
    OPEN_BOOKING,
    MARK_BOOKING,
    MOVE_BOOKING,
    MOVE_STEP,
    CANCEL_BOOKING,
    OTHER_WEEK,
    THIS_WEEK,
    WEEK_LIST,
    SET_SLOTS,
)
GROUP_KEYS = (ADD_GROUP, CHANGE_GROUP, TAKE_REGISTER, MARK_MEMBER, UNMARK_MEMBER)

STEP_KEYS = (CHECK_STEP, LOOK_STEP, WRITE_STEP, SIGN_STEP)
#: Deeds of the last step that open a panel: in the order in which they stand.
RETURN_PANELS = (SENT, WORKBOOK, RETURN_FILE, MERGE, EXACT_TOTALS, ATTACK, AGAIN)
RETURN_KEYS = (
    *STEP_KEYS,
    NIL_MONTH,
    NO_FIGURES,
    ISSUE,
    INSERT_FIGURE,
    READ_OVER,
    SIGN_OFF,
    EXPORT,
    *RETURN_PANELS,
)

#: Deeds of the page, each with a key of the page.
WAITING_KEYS = (CALL_THROUGH, REVIEW_LIST, LETTERS, CALL_SHEET, CAPACITY_STATEMENT)

CAPACITY_PARTS = (WHAT_IF, NEED, FORECASTS, THIRTEEN_MONTHS, PEOPLE_AND_SLOTS)
CAPACITY_DEEDS = (
    OWN_FIGURES,
    COMPARE_WITH,
    ADD_NEED,
    ADD_ESTIMATE,
    KEEP_FORECASTS,
    OWN_FORECAST,
)

#: Where deeds are done that belong to a page: heading → the place. With people one
#: finds the person first.
PLACE_OF = {
    _PERSON: "people",
    _WAITING: "waiting",
    _RETURN: "return",
    _GROUP: "groups",
    _CAPACITY: "capacity",
}

ALL = (
    SEARCH,
    LOG_SESSION,
    ADD_PERSON,
    UNNAMED_SURVEY,
    GAINS_COUNTED,
    BACK,
    HELP,
    KEYS,
    PRIVACY,
    UNDO,
    LOCK,
    SWITCH,
    *PERSON_KEYS,
    *WAITING_KEYS,
    SKIP,
    BEFORE,
    *DIARY_KEYS,
    *GROUP_KEYS,
    *RETURN_KEYS,
    *CAPACITY_PARTS,
    *CAPACITY_DEEDS,
    SAVE,
    LEAVE,
    COPY,
    OPEN,
    NEXT_DAY,
)
